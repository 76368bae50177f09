"""Acts of « modification »."""
