"""Screens that renew, end and bring back a demande."""
