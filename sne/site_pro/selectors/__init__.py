"""Reads of the site: what is online to whom, what is being written, what is out of date, what readers say."""
