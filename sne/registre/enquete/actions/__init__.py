"""Acts of « enquete »."""
