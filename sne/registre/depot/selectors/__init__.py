"""Reads of « depot »."""
