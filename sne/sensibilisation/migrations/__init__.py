"""Migrations of awareness."""
