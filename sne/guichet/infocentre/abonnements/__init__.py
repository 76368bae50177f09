"""Screens of subscriptions: those of a place, one of them, how it is set, an edition that it sent."""
