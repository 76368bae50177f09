"""Tests of « separation »."""
