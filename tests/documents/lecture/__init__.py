"""Tests of the reading of hostile and honest files."""
