"""Accounts of households, without any name: how they are recognised, their sessions. They hold no key to a person."""
