"""Reads of « modification »."""
