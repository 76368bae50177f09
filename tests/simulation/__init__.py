"""Tests of the simulation: its calendar, its witness, a whole run, and runs that must be found wrong."""
