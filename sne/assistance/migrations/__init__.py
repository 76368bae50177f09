"""Migrations: the initial one, edited by hand."""
