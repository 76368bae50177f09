"""Tests of « recherche »."""
