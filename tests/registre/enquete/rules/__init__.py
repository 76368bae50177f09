"""Tests of « enquete »: rules."""
