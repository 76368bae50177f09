"""Tables of the follow-up of counters."""

from sne.suivi.models.activite import ActiviteMensuelle
from sne.suivi.models.classement import Classement
from sne.suivi.models.envois import EnvoiFait, EnvoiProgramme

__all__ = ["ActiviteMensuelle", "Classement", "EnvoiFait", "EnvoiProgramme"]
