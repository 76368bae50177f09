"""Tests of « enquete »."""
