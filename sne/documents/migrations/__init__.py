"""Migrations of the documents."""
