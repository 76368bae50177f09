"""Migrations of the reference data."""
