"""Tests of « lecture »."""
