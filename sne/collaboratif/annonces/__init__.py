"""Announcements: to whom, who read them, who relayed them."""
