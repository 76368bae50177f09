"""Writes of the reports: what is decided, defined, taken away or opened."""
