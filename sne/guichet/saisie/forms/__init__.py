"""Forms of the counter’s own steps: the search that comes first, the last page."""
