"""Sending, verifying, what becomes of it."""
