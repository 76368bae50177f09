"""Tests of the demonstration: generator, preparation, supervisor."""
