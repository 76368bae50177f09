"""Tests of the screens of « saisie »."""
