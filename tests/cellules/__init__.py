"""Tests of the cells, on two servers where it matters."""
