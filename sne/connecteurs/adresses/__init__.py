"""Our own index of addresses, in PostgreSQL: streets, not numbers; loaded from the national file."""
