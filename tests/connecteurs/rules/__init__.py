"""Tests of what is decided about services."""
