"""Tests of what partners are told."""
