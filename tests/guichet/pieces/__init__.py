"""Tests of the screens of « pieces »."""
