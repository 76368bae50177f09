"""Tests of « contenu »."""
