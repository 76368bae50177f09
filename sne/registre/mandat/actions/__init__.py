"""Authorisations of helpers: what is written."""
