"""Migrations of the feed."""
