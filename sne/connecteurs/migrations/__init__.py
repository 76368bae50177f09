"""Migrations of the connectors."""
