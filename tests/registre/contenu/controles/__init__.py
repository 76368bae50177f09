"""Tests of « contenu »: controles."""
