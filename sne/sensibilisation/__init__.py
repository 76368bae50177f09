"""Awareness: what somebody who changes a civil status reads first, situations to think through, who did."""
