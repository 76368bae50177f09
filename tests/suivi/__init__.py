"""Tests of the follow-up of counters."""
