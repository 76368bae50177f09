"""Everybody's resources by lots each month, and after an act that registers, renews or gives a number; what is old is
forgotten. Stopped anywhere, it goes on where it was.
"""

import contextlib
import uuid
from datetime import date, datetime

from procrastinate.contrib.django import app

from sne.cellules.routage import d_ici
from sne.connecteurs.allumage import est_allume
from sne.connecteurs.drm.port import PortRessources, demander_ressources, port_des_lots
from sne.connecteurs.drm.rules.lots import EtatLot
from sne.connecteurs.rules import Canal, Pour, Reponse, Service
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.ressources.actions.interroger import noter_reponse, preparer_suite
from sne.registre.ressources.actions.lots import (
    clore_lot,
    composer_lot,
    garder_page,
    lot_a_envoyer,
    noter_depot,
    oublier_les_lots,
)
from sne.registre.ressources.actions.oublier import PAR_LOT, oublier
from sne.registre.ressources.models import LotRessources
from sne.registre.ressources.parametres import ParametresRessources
from sne.registre.ressources.rules.montrer import derniers_mois
from sne.registre.ressources.selectors import list_lots_en_cours
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface
from sne.socle.horloge import jour, maintenant

RESSOURCES, DEMANDER_RESSOURCES = "registre.ressources", "registre.demander_ressources"
RENOUVELLENT = frozenset({VerbeDemande.RENOUVELER, VerbeDemande.REACTIVER})
PAGES_MAX = 1_000


@app.periodic(cron="*/5 * * * *", periodic_id="ressources")
@app.task(name=RESSOURCES, queue="entretien", queueing_lock=RESSOURCES, lock=RESSOURCES)
def ressources(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: a lot that is under way is read, and not sent again."""
    passer_les_ressources(maintenant())


@app.task(name=DEMANDER_RESSOURCES, queue="entretien", retry=ESSAIS)
def demander_apres_un_acte(*, demande_id: str, territoire: str, verbe: str, **_: object) -> None:
    """Ask about the applicant once an act is done and sealed: no act waits for the source. Idempotent."""
    pour, acte = Pour(territoire, Canal.GUICHET), Acte(service_du_registre(territoire), maintenant())
    if not est_allume(Service.DRM, pour=pour):
        return
    with contextlib.suppress(Efface):  # since: nobody is left to ask about
        question = preparer_suite(uuid.UUID(demande_id), renouvelee=verbe in RENOUVELLENT, acte=acte)
        if question is not None:
            noter_reponse(question, demander_ressources(question.demandee, pour=pour), acte=acte)


def passer_les_ressources(survenu_le: datetime, *, territoires: tuple[str, ...] = ()) -> None:
    """One pass: forget, go on with the lots under way, compose the next ones from the day when the sources deliver."""
    for code in territoires or d_ici(get_geographie().territoires):
        while oublier(code, survenu_le=survenu_le) == PAR_LOT:
            pass
        if est_allume(Service.DRM, pour=Pour(code, Canal.NUIT)):
            _passer(code, survenu_le)


def _passer(code: str, survenu_le: datetime) -> None:
    le, port = jour(survenu_le), port_des_lots()
    acte = Acte(service_du_registre(code), survenu_le)
    oublier_les_lots(code, avant=ajouter_mois(le.replace(day=1), -1))
    for lot in list_lots_en_cours(code):
        if not avancer(lot, port, acte=acte):
            return  # the source is away, or at work: next time
    arrive = le.day >= get_parametres(le)[ParametresRessources].ressources_jour_d_arrivee
    while arrive and (cle := composer_lot(code, acte=acte)) is not None:
        if not avancer(LotRessources.objects.get(id=cle), port, acte=acte):
            return


def avancer(lot: LotRessources, port: PortRessources, *, acte: Acte) -> bool:
    """Go on with a lot from where it is; whether it is finished.

    The source is asked whether it has the lot before anything is sent: a stop between the sending and its note does not
    send it again.
    """
    pour = Pour(lot.territoire, Canal.NUIT)
    suivi = port.suivre_lot(str(lot.id), pour=pour)
    if not isinstance(suivi, Reponse):
        return False
    if suivi.valeur is EtatLot.INCONNU:
        return _deposer(lot, port, pour=pour, acte=acte)
    noter_depot(lot.id, le=acte.survenu_le)
    if suivi.valeur is EtatLot.REJETE:
        clore_lot(lot.id, le=acte.survenu_le, rejete=True)
        return True
    return suivi.valeur is EtatLot.TERMINE and _lire(lot, port, pour=pour, acte=acte)


def _deposer(lot: LotRessources, port: PortRessources, *, pour: Pour, acte: Acte) -> bool:
    envoi = lot_a_envoyer(lot)
    if (
        lot.depose_le is not None or not envoi.personnes
    ):  # it lost what it had, or nobody is left to ask about
        clore_lot(lot.id, le=acte.survenu_le, rejete=lot.depose_le is not None)
        return True
    depot = port.deposer_lot(str(lot.id), envoi.personnes, pour=pour)
    if isinstance(depot, Reponse):
        noter_depot(lot.id, le=acte.survenu_le)
    return False


def _lire(lot: LotRessources, port: PortRessources, *, pour: Pour, acte: Acte) -> bool:
    mois: tuple[date, ...] = derniers_mois(jour(lot.survenu_le))
    for page in range(1, PAGES_MAX):
        lue = port.lire_lot(str(lot.id), page, mois=mois, pour=pour)
        if not isinstance(lue, Reponse):
            return False
        garder_page(lue.valeur.lignes, acte=acte)
        if lue.valeur.derniere:
            break
    clore_lot(lot.id, le=acte.survenu_le)
    return True
