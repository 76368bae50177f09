"""Authorisations of helpers: pure."""
