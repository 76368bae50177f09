"""Registering, reading and changing applications at the counter."""
