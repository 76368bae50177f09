"""Rules of « faits »."""
