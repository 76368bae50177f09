"""Tests of the professionals’ site."""
