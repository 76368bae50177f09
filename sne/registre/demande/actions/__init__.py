"""Acts of « demande »."""
