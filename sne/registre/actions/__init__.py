"""Writes of the register: the only doors through which a demande comes, changes, or is opened to be read."""
