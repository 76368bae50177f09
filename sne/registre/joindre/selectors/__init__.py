"""Reads of « joindre »."""
