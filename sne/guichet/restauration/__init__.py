"""Screens that put a demande back as it was: asked by one manager, answered by somebody else."""
