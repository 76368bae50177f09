"""Reads of « pieces »."""
