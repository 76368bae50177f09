"""Rules of « lecture »."""
