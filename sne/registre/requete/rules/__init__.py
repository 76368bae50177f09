"""Requests of households: pure."""
