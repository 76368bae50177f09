"""Tests of « faits »."""
