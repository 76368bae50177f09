"""Tests of « separation »: rules."""
