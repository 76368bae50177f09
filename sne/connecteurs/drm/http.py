"""The DRM over HTTP: the body alone says who is asked about; nothing of an answer is kept in this process."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.conf import settings

from sne.connecteurs.allumage import adresse_de
from sne.connecteurs.appel import appeler
from sne.connecteurs.client import LECTURE, TOTAL, Recu, Requete
from sne.connecteurs.drm.rules.lecture import LUS, Demandee, indisponible, lire_reponse
from sne.connecteurs.drm.rules.lots import EtatLot, Page, corps_du_lot, lire_etat, lire_page
from sne.connecteurs.drm.rules.mois import Mois
from sne.connecteurs.rules import Canal, Pour, Reponse, Resultat, Service
from sne.socle.horloge import aujourd_hui

LOTS = "v1/lots"
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

    def deposer_lot(self, cle: str, personnes: Mapping[str, Demandee], *, pour: Pour) -> Resultat[EtatLot]:
        """See the port."""
        return self._du_lot("", _etat, pour=pour, acceptes={200, 202}, corps=corps_du_lot(cle, personnes))

    def suivre_lot(self, cle: str, *, pour: Pour) -> Resultat[EtatLot]:
        """See the port."""
        return self._du_lot(f"/{cle}", _etat, pour=pour, acceptes={200, 404})

    def lire_lot(self, cle: str, page: int, *, mois: Sequence[date], pour: Pour) -> Resultat[Page]:
        """See the port."""
        chemin = f"/{cle}/resultats"
        return self._du_lot(
            chemin, lambda recu: lire_page(recu.octets, mois=mois), pour=pour, parametres={"page": page}
        )

    @staticmethod
    def _du_lot[T](
        chemin: str,
        lire: Callable[[Recu], T],
        *,
        pour: Pour,
        acceptes: frozenset[int] | set[int] = frozenset({200}),
        corps: Mapping[str, object] | None = None,
        parametres: Mapping[str, int] | None = None,
    ) -> Resultat[T]:
        requete = Requete(
            f"{adresse_de(Service.DRM)}/{LOTS}{chemin}",
            parametres=parametres,
            corps=corps,
            cle=settings.DRM_CLE,
            acceptes=frozenset(acceptes),
            lecture=LECTURE_DE_NUIT,
            total=TOTAL_DE_NUIT,
            octets_max=OCTETS_MAX,
        )
        return appeler(Service.DRM, requete, pour=pour, lire=lire)


def _etat(recu: Recu) -> EtatLot:
    return lire_etat(recu.statut, recu.octets)
