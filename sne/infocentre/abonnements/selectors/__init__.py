"""Reads of subscriptions: as they are decided, what left, who receives them, what a new version makes of them."""
