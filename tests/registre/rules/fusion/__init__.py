"""Merging two changes made apart."""
