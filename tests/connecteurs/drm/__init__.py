"""Tests of monthly resources."""
