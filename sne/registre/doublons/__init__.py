"""Demandes of one household: looked for, shown, decided."""
