"""Rules of « restauration »."""
