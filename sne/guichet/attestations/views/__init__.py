"""Screens of the attestations: those of a file, of a counter, of a batch, and the cases to make by hand."""
