"""Acts of « lecture »."""
