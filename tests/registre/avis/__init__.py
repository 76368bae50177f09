"""Tests of « avis »."""
