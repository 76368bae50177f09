"""Acts of « separation »."""
