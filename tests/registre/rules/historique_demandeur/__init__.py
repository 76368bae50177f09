"""Tests of what a household reads of its own demande."""
