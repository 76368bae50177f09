"""Meetings in three layers, and the feed that a calendar reads."""
