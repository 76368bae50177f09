"""The schema of the shared spaces."""
