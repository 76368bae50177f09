"""What a household sends online, until it is a demande."""
