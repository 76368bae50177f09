"""Awareness: what whoever changes a civil status reads first, situations to think through, who did."""
