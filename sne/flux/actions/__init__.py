"""The writes of the feed."""
