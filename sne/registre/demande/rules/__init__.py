"""Rules of « demande »."""
