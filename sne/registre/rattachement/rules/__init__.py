"""How two civil statuses are compared, and what a link is."""
