"""Tests of « restauration »: rules."""
