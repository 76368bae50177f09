"""Screens of the end of a demande: striking it off."""
