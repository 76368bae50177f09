"""Tests of « ressources »: rules."""
