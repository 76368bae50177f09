"""Acts of « identite »."""
