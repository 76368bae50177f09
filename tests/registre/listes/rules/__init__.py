"""Tests of « listes »: rules."""
