"""Tests of the agreements with vendors."""
