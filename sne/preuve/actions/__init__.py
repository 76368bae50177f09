"""What is written for others to believe the journal, and what is read of it."""
