"""Reads of « vie »."""
