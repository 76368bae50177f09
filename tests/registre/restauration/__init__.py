"""Tests of « restauration »."""
