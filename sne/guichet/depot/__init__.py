"""Screens around a registration: equal treatment, earlier dates."""
