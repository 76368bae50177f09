"""Acts of « listes »."""
