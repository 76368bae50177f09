"""Tests of « faits »: rules."""
