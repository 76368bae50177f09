"""Tests of the households' accounts."""
