"""Threats, as scenarios: who takes a demande away, through which door, and how it ends."""
