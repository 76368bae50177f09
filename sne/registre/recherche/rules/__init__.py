"""Rules of « recherche »."""
