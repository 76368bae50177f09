"""Tables of « enquete »."""
