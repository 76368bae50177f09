"""Template tags of the desk and of the spaces."""
