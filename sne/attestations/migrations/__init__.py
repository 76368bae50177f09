"""Migrations of the attestations."""
