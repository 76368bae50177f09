"""Reads of the reports: catalogue, versions at an instant, places, the table itself, who opened what."""
