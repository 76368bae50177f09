"""What an agreement is made of: scopes, keys, steps, settings, rates. Pure."""
