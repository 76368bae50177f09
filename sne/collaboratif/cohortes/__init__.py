"""Volunteers of a trial, its phases, and what was expected before each began."""
