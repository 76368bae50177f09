"""Screens of the shared spaces: they draw what the acts say, and decide nothing."""
