"""Attestations: rendering, issue, delivery, and the cases that a person must deal with."""
