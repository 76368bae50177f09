"""Tests of the screens of « identite »."""
