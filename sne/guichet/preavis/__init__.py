"""Notices of renewal that reached nobody: on the page of a file, and in a list of work."""
