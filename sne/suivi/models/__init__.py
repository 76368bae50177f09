"""Tables of the follow-up of counters."""

from sne.suivi.models.activite import ActiviteMensuelle
from sne.suivi.models.alertes import AlerteGuichet, SuiteAlerte
from sne.suivi.models.classement import Classement
from sne.suivi.models.entonnoir import EntonnoirCalcule
from sne.suivi.models.envois import EnvoiFait, EnvoiProgramme
from sne.suivi.models.national import VeilleTerritoire

__all__ = [
    "ActiviteMensuelle",
    "AlerteGuichet",
    "Classement",
    "EntonnoirCalcule",
    "EnvoiFait",
    "EnvoiProgramme",
    "SuiteAlerte",
    "VeilleTerritoire",
]
