"""Tests of the decisions of the programme."""
