"""Tests of « pieces »: rules."""
