"""Rules of « vie »."""
