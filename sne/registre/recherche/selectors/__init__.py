"""Reads of « recherche »."""
