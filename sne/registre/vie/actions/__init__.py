"""Acts of « vie »."""
