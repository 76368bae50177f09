"""Migrations of the messages."""
