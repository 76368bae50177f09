"""Tests of « depot »: rules."""
