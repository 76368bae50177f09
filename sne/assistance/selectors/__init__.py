"""Reads of the support desk."""
