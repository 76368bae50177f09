"""Reads of « faits »."""
