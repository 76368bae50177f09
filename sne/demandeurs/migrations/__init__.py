"""Migrations of the households' accounts."""
