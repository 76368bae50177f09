"""Screen of a change, and of what two people changed at once."""
