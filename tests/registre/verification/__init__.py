"""Tests of « verification »."""
