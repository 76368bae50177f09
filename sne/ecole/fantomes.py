"""What somebody else of the bac does just before a call, by the acts of the register: the call finds it done."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from procrastinate.contrib.django import app
from pydantic import ValidationError

from sne.api.contenu import emettre, fusionner
from sne.ecole.actions.pack import acteur_du_bac
from sne.ecole.models import Bac
from sne.ecole.rules.bacs import guichet_de
from sne.habilitations.rules import Role
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.personne import MotifRefusIdentite
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.demande.selectors.existence import get_demande_id, get_revision
from sne.registre.demande.selectors.identites import en_attente, list_identites
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.enquete.actions.enquetes import ouvrir_enquete
from sne.registre.enquete.actions.gels import geler
from sne.registre.identite.actions.decider import refuser_identite, valider_identite
from sne.registre.identite.selectors.a_decider import get_changement
from sne.registre.lecture.actions.consulter import consulter_piece
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour, maintenant
from sne.socle.identifiants import uuid7

NUD = re.compile(r"/demandes/([0-9A-Z]{18})(?:/|$)")
NUD_DU_MESSAGE = re.compile(rb"<(?:[a-z0-9]+:)?numUnique>([0-9A-Z]{18})</")
TELEPHONE = "06 39 98 00 99"  # of the range kept for fictions
REPONDRE = "ecole.repondre"


def doublon(request: HttpRequest, bac: Bac) -> None:
    """The household of this registration has just been registered by another guichet."""
    corps = _corps(request)
    if "contenu" not in corps:
        raise Interdit("SNE-Scenario\u00a0: «\u00a0doublon\u00a0» accompagne l’enregistrement d’une demande.")
    acte, le = _acte(bac), jour(maintenant())
    try:
        contenu = Contenu.model_validate(corps["contenu"])
    except ValidationError:
        return  # the call itself says what is wrong with it
    depot = Depot(
        id=uuid7(),
        territoire=bac.territoire,
        guichet=guichet_de(bac.territoire),
        contenu=contenu,
        date_reception=le,
        nirs={},
        piece_vue=PieceVue("CNI", le),
    )
    deposer_demande(depot, acte=acte)


def radiee(request: HttpRequest, bac: Bac) -> None:
    """The demande has just been struck off."""
    faits = FaitsRadiation(
        MotifRadiation.RADABA,
        date_courrier=jour(maintenant()) - timedelta(days=1),
        document="Courrier du ménage",
    )
    radier_demande(_demande(request, bac), faits, acte=_acte(bac))


def gel(request: HttpRequest, bac: Bac) -> None:
    """An enquiry has just frozen the demande."""
    acte, demande = _acte(bac, Role.GESTIONNAIRE_TERRITORIAL), _demande(request, bac)
    enquete = ouvrir_enquete(demande, motif="AUTRE", precision="Scénario de l’École", acte=acte)
    geler(demande, enquete_id=enquete, acte=acte)


def conflit(request: HttpRequest, bac: Bac) -> None:
    """The mobile telephone of the demande has just been changed."""
    acte, demande = _acte(bac), _demande(request, bac)
    revision = get_revision(demande, acteur=acte.acteur)
    contenu = emettre(get_contenu(demande, revision, acteur=acte.acteur))
    voulu = fusionner(contenu, {"demandeur": {"contact": {"telephone_portable": TELEPHONE}}})
    modifier_demande(demande, contenu=Contenu.model_validate(voulu), revision=revision, motif="", acte=acte)


def repondre_plus_tard(request: HttpRequest, bac: Bac, valider: bool, *, dans: int) -> None:
    """Have somebody answer, so many seconds later, the change of identity that waits on the demande."""
    tache = app.configure_task(REPONDRE, allow_unknown=True, queue="entretien", schedule_in={"seconds": dans})
    tache.defer(bac=bac.territoire, demande=str(_demande(request, bac)), valider=valider)


def repondre(bac: Bac, demande: UUID, *, valider: bool) -> bool:
    """Answer what waits, as a territorial manager does: validated on the documents of the change, each opened;
    refused without any. False when nothing waits.
    """
    acte = _acte(bac, Role.GESTIONNAIRE_TERRITORIAL)
    attentes = en_attente(list_identites(demande)).values()
    for attente in attentes:
        identite = attente.identite_id
        pieces = get_changement(identite, acte.acteur, le=jour(acte.survenu_le)).pieces
        ouvrables = [piece.id for piece in pieces if piece.ouvrable]
        for piece in ouvrables:
            consulter_piece(piece, acte=acte)
        if valider and ouvrables:
            valider_identite(identite, acte=acte)
        else:
            motif = MotifRefusIdentite.PIECE_ABSENTE.value
            refuser_identite(identite, motif=motif, precision="", acte=acte)
    return bool(attentes)


AVANT: Mapping[str, Callable[[HttpRequest, Bac], None]] = {
    "doublon": doublon,
    "radiee": radiee,
    "gel": gel,
    "conflit": conflit,
}


def _acte(bac: Bac, role: Role = Role.AGENT_GUICHET) -> Acte:
    return Acte(acteur_du_bac(bac.territoire, role), maintenant())


def _demande(request: HttpRequest, bac: Bac) -> UUID:
    trouve = NUD.search(request.path_info)
    nud = trouve[1] if trouve else _nud_du_message(request)
    if not nud:
        raise Interdit(
            "SNE-Scenario\u00a0: ce scénario accompagne un appel sur une demande (/demandes/NUMERO, ou numUnique)."
        )
    return get_demande_id(nud, acteur_du_bac(bac.territoire))


def _nud_du_message(request: HttpRequest) -> str:
    trouve = NUD_DU_MESSAGE.search(request.body)
    return trouve[1].decode() if trouve else ""


def _corps(request: HttpRequest) -> Mapping[str, Any]:
    try:
        lu = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return lu if isinstance(lu, dict) else {}
