"""The documents of a demande."""
