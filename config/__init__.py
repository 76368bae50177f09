"""Configuration: typed environment, settings, root URLs, WSGI entry."""
