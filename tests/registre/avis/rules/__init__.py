"""Tests of « avis »: rules."""
