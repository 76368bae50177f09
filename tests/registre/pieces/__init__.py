"""Tests of « pieces »."""
