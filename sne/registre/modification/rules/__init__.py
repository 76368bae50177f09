"""Rules of « modification »."""
