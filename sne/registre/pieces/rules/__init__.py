"""Rules of « pieces »."""
