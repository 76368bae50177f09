"""Migrations of the search."""
