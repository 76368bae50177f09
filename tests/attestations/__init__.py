"""Tests of the attestations."""
