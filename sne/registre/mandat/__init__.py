"""Authorisations that a person gives a body to help them on their demande: signed by both, dated, ended at once."""
