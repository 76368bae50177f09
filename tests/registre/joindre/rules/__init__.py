"""Tests of « joindre »: rules."""
