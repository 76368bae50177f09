"""Tests of the screens of « attestations »."""
