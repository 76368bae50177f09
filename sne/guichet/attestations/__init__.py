"""Attestations at the counter: issue, download, and the queue of those that a person must make."""
