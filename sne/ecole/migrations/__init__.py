"""Migrations of the École."""
