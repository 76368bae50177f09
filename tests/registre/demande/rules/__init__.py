"""Tests of « demande »: rules."""
