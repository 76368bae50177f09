"""Tests of « joindre »."""
