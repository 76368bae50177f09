"""Finding a demande."""
