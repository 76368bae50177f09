"""Screens of a registration made twice by mistake: taken back, put back."""
