"""Tests of « attente »."""
