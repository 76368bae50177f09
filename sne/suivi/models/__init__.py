"""Tables of the follow-up of counters."""

from sne.suivi.models.activite import ActiviteMensuelle

__all__ = ["ActiviteMensuelle"]
