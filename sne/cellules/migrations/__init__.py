"""Migrations of the cells."""
