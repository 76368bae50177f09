"""Reads of « demande »."""
