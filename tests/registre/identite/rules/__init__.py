"""Tests of « identite »: rules."""
