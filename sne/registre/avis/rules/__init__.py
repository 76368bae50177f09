"""Rules of « avis »."""
