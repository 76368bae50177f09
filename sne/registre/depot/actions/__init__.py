"""Acts of « depot »."""
