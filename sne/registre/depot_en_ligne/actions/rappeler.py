"""Reminders: of what was typed and not sent, of what was sent and waits for a document, before each is erased."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from sne.demandeurs.selectors import get_nature_du_courriel
from sne.notifications.selectors import has_message_depuis
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.depot_en_ligne import DOCUMENTS, StatutDepot
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.selectors.depot_en_ligne import ouvrir_envoi
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.depot_en_ligne.actions.ecrire import ecrire_au_deposant, ecrire_du_brouillon
from sne.registre.depot_en_ligne.messages import MessageDepot
from sne.registre.depot_en_ligne.parametres import ParametresDepotEnLigne
from sne.registre.depot_en_ligne.rules.rappels import rappel_du
from sne.registre.modification.parametres import ParametresModification
from sne.registre.modification.selectors.brouillons import BrouillonOuvert
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur


def rappeler_depots(par: Callable[[str], Acteur], *, survenu_le: datetime) -> int:
    """Tell those who were asked for another document, and sent none, that what they sent will go; how many.

    ``par``: who tells it in a territory. Each day of the parameter tells once.
    """
    jours = get_parametres(horloge.jour(survenu_le))[ParametresDepotEnLigne].depot_rappels_jours
    attendent = DepotEnLigne.objects.filter(
        statut=StatutDepot.INVALIDEE,
        motif__in=list(DOCUMENTS),
        decide_le__lte=survenu_le - timedelta(days=min(jours)),
    )
    cles = list(attendent.order_by("decide_le", "id").values_list("id", "territoire"))
    return sum(_rappeler(cle, jours, acte=Acte(par(territoire), survenu_le)) for cle, territoire in cles)


@transaction.atomic
def _rappeler(depot_id: uuid.UUID, jours: list[int], *, acte: Acte) -> bool:
    """One of them, unless it was told already, or completed meanwhile."""
    visees = DepotEnLigne.objects.filter(id=depot_id, statut=StatutDepot.INVALIDEE)
    depot = visees.select_for_update(of=("self",)).first()
    if depot is None or depot.decide_le is None:
        return False
    du = rappel_du(depot.decide_le, jours, instant=acte.survenu_le)
    genre = MessageDepot.DEPOT_RAPPEL
    if du is None or has_message_depuis(depot.id, genre, du, territoire=depot.territoire):
        return False
    contenu = ouvrir_envoi(depot).contenu
    faits = {"depot": str(depot.id)}
    origine = dire(VerbeDepot.RAPPELER_DEPOT, depot.territoire, acte=acte, faits=faits)
    return bool(ecrire_au_deposant(depot, contenu, genre, origine=origine, survenu_le=acte.survenu_le))


@transaction.atomic
def rappeler_brouillon(
    brouillon: BrouillonOuvert, compte: uuid.UUID, *, courriel: str, survenu_le: datetime
) -> bool:
    """Tell somebody by e-mail that what they typed is not sent, and until when it is kept; whether it was told.

    Some days after they left it, and some days before it goes, once each. Nothing to an address that no code proved.
    """
    jour = horloge.jour(survenu_le)
    parametres = get_parametres(jour)
    garde = parametres[ParametresModification].brouillon_conservation_jours
    lus = parametres[ParametresDepotEnLigne]
    jours = [lus.brouillon_rappel_jours, garde - lus.brouillon_dernier_rappel_jours]
    du, genre = rappel_du(brouillon.maj_le, jours, instant=survenu_le), MessageDepot.BROUILLON_RAPPEL
    if du is None or get_nature_du_courriel(compte, courriel) is None:
        return False
    if has_message_depuis(brouillon.id, genre, du, territoire=brouillon.territoire):
        return False
    acte = Acte(service_du_registre(brouillon.territoire), survenu_le)
    faits = {"brouillon": str(brouillon.id)}
    fin = horloge.jour(brouillon.maj_le) + timedelta(days=garde)
    origine = dire(VerbeDepot.RAPPELER_BROUILLON, brouillon.territoire, acte=acte, faits=faits)
    ecrire_du_brouillon(brouillon, compte, courriel, fin=fin, origine=origine, acte=acte)
    return True
