"""Tests of « vie »."""
