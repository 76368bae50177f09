"""Tests of « identite »."""
