"""Tables of the follow-up of counters."""

from sne.suivi.models.activite import ActiviteMensuelle
from sne.suivi.models.classement import Classement

__all__ = ["ActiviteMensuelle", "Classement"]
