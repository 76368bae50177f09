"""What a household sends online: received on that day, verified by a counter, then a demande."""
