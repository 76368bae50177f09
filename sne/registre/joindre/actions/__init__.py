"""Acts of « joindre »."""
