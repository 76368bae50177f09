"""Reads of « identite »."""
