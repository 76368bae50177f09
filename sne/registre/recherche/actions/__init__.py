"""Acts of « recherche »."""
