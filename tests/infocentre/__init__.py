"""Tests of the infocentre."""
