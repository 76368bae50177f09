"""Accounts, roles held in a perimeter and for a time, the acting person of each request, sign-in."""
