"""What is decided of a ticket: who gets it, what may follow, until when, what is kept of what is typed. Pure."""
