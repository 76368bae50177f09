"""Reads of the follow-up of counters."""

from sne.suivi.selectors.activite import list_activite

__all__ = ["list_activite"]
