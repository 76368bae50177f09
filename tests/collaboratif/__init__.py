"""Tests of the shared spaces."""
