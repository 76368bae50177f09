"""Pages about the service: site map, accessibility, personal data, legal notice."""
