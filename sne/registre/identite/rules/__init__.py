"""Rules of « identite »."""
