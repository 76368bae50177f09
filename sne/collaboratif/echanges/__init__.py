"""Questions with the answer that was accepted, and discussions."""
