"""Tests of the École."""
