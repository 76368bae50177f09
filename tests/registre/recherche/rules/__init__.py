"""Tests of « recherche »: rules."""
