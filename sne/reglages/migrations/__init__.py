"""Schema of the changes of dated parameters."""
