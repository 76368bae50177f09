"""Trials of the authorisations that a person gives a helper."""
