"""Rules of « enquete »."""
