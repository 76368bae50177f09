"""Tests of guichet."""
