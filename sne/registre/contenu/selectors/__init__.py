"""Reads of « contenu »."""
