"""Tables of « demande »."""
