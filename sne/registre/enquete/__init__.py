"""Enquiries, their evidence, the freezes they ask for."""
