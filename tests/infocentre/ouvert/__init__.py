"""Open data: secrecy, edition, publication."""
