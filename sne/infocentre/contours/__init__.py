"""Outlines of communes: an official file that the operator gives, simplified once, for the maps of reports."""
