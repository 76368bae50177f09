"""Authorisations of helpers: what is read."""
