"""Outlines of communes: files of every kind, and the maps that they make."""
