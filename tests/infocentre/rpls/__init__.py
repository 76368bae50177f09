"""RPLS: what is loaded, refused, compared."""
