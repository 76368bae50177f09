"""Screens of a file: its page, its past, its history."""
