"""Tests of the screens of « vie »."""
