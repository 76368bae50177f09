"""The reads of the feed."""
