"""Migrations of the follow-up of counters."""
