"""Reads of « avis »."""
