"""Spaces of the product opened where they are not; texts of spaces closed for long erased."""
