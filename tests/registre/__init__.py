"""Tests of registre."""
