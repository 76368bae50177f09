"""Acts of « faits »."""
