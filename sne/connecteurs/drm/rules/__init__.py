"""What a month of resources may be, and how the answer of the service becomes one. Pure."""
