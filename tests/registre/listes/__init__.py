"""Tests of « listes »."""
