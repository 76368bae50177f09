"""Earlier reception dates that a counter asked for: the list and the answer of the territorial manager."""
