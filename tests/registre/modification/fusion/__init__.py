"""Tests of « modification »: fusion."""
