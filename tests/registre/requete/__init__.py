"""Changes that households ask of a counter."""
