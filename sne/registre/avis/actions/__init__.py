"""Acts of « avis »."""
