"""Migrations of accounts and roles."""
