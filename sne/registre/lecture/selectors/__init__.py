"""Reads of « lecture »."""
