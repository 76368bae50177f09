"""Tests of our own index of addresses."""
