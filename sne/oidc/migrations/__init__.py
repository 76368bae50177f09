"""Migrations of sign-in at a provider."""
