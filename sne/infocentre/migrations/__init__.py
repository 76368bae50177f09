"""Migrations of the infocentre."""
