"""Tests of the replay: its files, its rule, its scenarios."""
