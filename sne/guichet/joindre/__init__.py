"""Screens of how a household is reached, and when it must not be."""
