"""Tests of what proves the journal to others."""
