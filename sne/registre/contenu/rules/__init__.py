"""Rules of « contenu »."""
