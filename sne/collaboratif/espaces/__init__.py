"""Spaces: owned by a team, read by teams, never by a list that outlives a right."""
