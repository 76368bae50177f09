"""Tests of « demande »."""
