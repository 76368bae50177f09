"""Tests of « vie »: rules."""
