"""Persons whom a body helps, on the screens of who helps: in their place, in the limits of what they signed."""
