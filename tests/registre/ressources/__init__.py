"""Tests of « ressources »."""
