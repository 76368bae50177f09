"""The home page of the counter."""
