"""Tests of « contenu »: arbre."""
