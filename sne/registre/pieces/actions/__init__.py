"""Acts of « pieces »."""
