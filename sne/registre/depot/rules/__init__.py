"""Rules of « depot »."""
