"""Requests of households: what is written."""
