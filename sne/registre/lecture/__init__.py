"""A demande on the screen, its past, its history."""
