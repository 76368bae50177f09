"""Acts on subscriptions: decided, due, sent, sent again, moved to another version, handed over."""
