"""A territory that lives for years in minutes, in a database of its own, watched by an independent witness."""
