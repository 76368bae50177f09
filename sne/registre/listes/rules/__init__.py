"""Rules of « listes »."""
