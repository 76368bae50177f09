"""Tests of « contenu »: rules."""
