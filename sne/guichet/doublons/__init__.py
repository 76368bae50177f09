"""Screens of the decisions on demandes of one household."""
