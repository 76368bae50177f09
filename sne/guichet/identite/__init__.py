"""Changes of identity that wait for a decision: the queue, and the page where one person decides of another's entry."""
