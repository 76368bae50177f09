"""Addresses: the national service, or our own index; one port, one shape of answers."""
