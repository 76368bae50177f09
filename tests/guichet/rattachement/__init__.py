"""Screens of « rattachement »."""
