"""Asking for help and knowing where it stands: tickets, who has them, until when, what is known before one is sent."""
