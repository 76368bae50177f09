"""The DRM over HTTP: the body alone says who is asked about; nothing of an answer is kept in this process."""

from django.conf import settings

from sne.connecteurs.allumage import adresse_de
from sne.connecteurs.appel import appeler
from sne.connecteurs.client import LECTURE, TOTAL, Requete
from sne.connecteurs.drm.rules.lecture import LUS, Demandee, indisponible, lire_reponse
from sne.connecteurs.drm.rules.mois import Mois
from sne.connecteurs.rules import Canal, Pour, Reponse, Service
from sne.socle.horloge import aujourd_hui

LECTURE_DE_NUIT, TOTAL_DE_NUIT = 30.0, 40.0  # seconds: nobody waits in front of a screen
OCTETS_MAX = 2 * 1024 * 1024


class ServiceDrm:
    """Asks ``SNE_DRM_URL``."""

    def demander(self, demandee: Demandee, *, pour: Pour) -> tuple[Mois, ...]:
        """See the port."""
        de_nuit = pour.canal is Canal.NUIT
        requete = Requete(
            f"{adresse_de(Service.DRM)}/v1/ressources-mensuelles",
            corps=demandee.corps(),
            cle=settings.DRM_CLE,
            acceptes=LUS,
            lecture=LECTURE_DE_NUIT if de_nuit else LECTURE,
            total=TOTAL_DE_NUIT if de_nuit else TOTAL,
            octets_max=OCTETS_MAX,
        )
        le = aujourd_hui()
        dit = appeler(
            Service.DRM,
            requete,
            pour=pour,
            lire=lambda recu: lire_reponse(recu.statut, recu.octets, demandee=demandee, le=le),
        )
        return dit.valeur if isinstance(dit, Reponse) else indisponible(dit.motif, demandee.mois)
