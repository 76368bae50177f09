"""Screens of what happens to a demande: events, decisions of the commission, allocations, DALO."""
