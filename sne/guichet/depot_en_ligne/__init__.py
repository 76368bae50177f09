"""What was sent online, at the counter: what waits, one of them beside its document."""
