"""Work lists: read, kept, shared, taken away."""
