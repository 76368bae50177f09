"""How a household is reached, and when it must not be."""
