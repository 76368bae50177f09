"""Tests of the screens of « lecture »."""
