"""Tests of « modification »."""
