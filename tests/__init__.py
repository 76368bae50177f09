"""Tests: mirror of ``sne/``, plus consistency of the code with itself and journeys in a real browser."""
