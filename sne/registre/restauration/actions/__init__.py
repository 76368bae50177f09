"""Putting a demande back as it was: one person asks, from an enquiry, and may take it back; another answers.

Entries of the request and of a refusal name no demande: counters read the history of those.
"""
