"""Requests of households: what is read."""
