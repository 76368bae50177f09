"""Reads of « enquete »."""
