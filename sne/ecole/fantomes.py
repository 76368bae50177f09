"""What somebody else of the bac does just before a call, by the acts of the register: the call finds it done."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from procrastinate.contrib.django import app
from pydantic import ValidationError

from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Indisponible,
    Ligne,
    Mois,
    Montant,
    SansDonnee,
    SourceIndisponible,
    ZeroConfirme,
)
from sne.ecole.actions.pack import acteur_du_bac
from sne.ecole.actions.vol import corriger, voler
from sne.ecole.models import Bac
from sne.ecole.rules.bacs import guichet_de
from sne.ecole.rules.pack import ADRESSES, LONG
from sne.habilitations.rules import Role
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.personne import MotifRefusIdentite
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.selectors.existence import get_demande_id
from sne.registre.demande.selectors.identites import en_attente, list_identites
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.enquete.actions.enquetes import ouvrir_enquete
from sne.registre.enquete.actions.gels import geler
from sne.registre.identite.actions.decider import refuser_identite, valider_identite
from sne.registre.identite.selectors.a_decider import get_changement
from sne.registre.lecture.actions.consulter import consulter_piece
from sne.registre.ressources.actions.interroger import noter_reponse, preparer_question
from sne.registre.ressources.rules.montrer import derniers_mois
from sne.registre.vie.actions.purger import purger_demande
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
DIX_ANS = timedelta(days=3_653)  # later than any delay of the law
LONGUE = "avenue du Général de Gaulle prolongée vers l’ancienne gare de marchandises du Bas-Bourg"
CHANGEMENTS: Mapping[str, Mapping[str, Any]] = {
    "conflit": {"demandeur": {"contact": {"telephone_portable": TELEPHONE}}},
    **{nom: {"demandeur": {"adresse_courrier": adresse}} for nom, adresse in ADRESSES.items()},
    "noms-longs": {
        "demandeur": {"identite": {"nom_usage": LONG}, "adresse_courrier": {"voie": LONGUE}},
    },
}
"""What another guichet writes in a demande, as a patch of its content."""


def doublon(request: HttpRequest, bac: Bac, *, jumeau: bool = False) -> None:
    """The household of this registration has just been registered by another guichet, or a twin of who applies."""
    corps = _corps(request)
    if "contenu" not in corps:
        raise Interdit("SNE-Scenario\u00a0: ce scénario accompagne l’enregistrement d’une demande par REST.")
    acte, le = _acte(bac), jour(maintenant())
    try:
        contenu = Contenu.model_validate(corps["contenu"])
    except ValidationError:
        return  # the call itself says what is wrong with it
    if jumeau:
        contenu = _jumeau(contenu)
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


def effacee(request: HttpRequest, bac: Bac) -> None:
    """The demande was struck off, and erased by the register once the delay of the law had passed."""
    radiee(request, bac)
    acte = Acte(horloge_du_registre(bac.territoire), maintenant() + DIX_ANS)
    purger_demande(_demande(request, bac), acte=acte)


def changer(request: HttpRequest, bac: Bac, *, correctif: Mapping[str, Any]) -> None:
    """Another guichet has just changed the demande so."""
    corriger(_demande(request, bac), correctif, acte=_acte(bac))


def vol(request: HttpRequest, bac: Bac) -> None:
    """Another guichet took the demande for somebody else; two managers put it back. Raises ``Interdit``: too old a
    demande, of which an identity waits.
    """
    un, autre = (_acte(bac, Role.GESTIONNAIRE_TERRITORIAL, rang) for rang in range(2))
    voler(_demande(request, bac), guichet=_acte(bac), un=un, autre=autre)


def source(request: HttpRequest, bac: Bac, *, etat: str) -> None:
    """The source of resources has just answered so for the three months. Raises ``Interdit``: nobody to ask about, or
    it answered a moment ago.
    """
    acte = _acte(bac)
    question = preparer_question(_demande(request, bac), acte=acte)
    mois = derniers_mois(jour(acte.survenu_le))
    noter_reponse(question, tuple(MOIS[etat](un) for un in mois), acte=acte)


def _jumeau(contenu: Contenu) -> Contenu:
    """The same household, of which who applies has other first names."""
    qui = contenu.demandeur
    if qui is None:
        return contenu
    identite = qui.identite.model_copy(update={"prenoms": f"{qui.identite.prenoms} Lise"})
    return contenu.model_copy(update={"demandeur": qui.model_copy(update={"identite": identite})})


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


MOIS: Mapping[str, Callable[[date], Mois]] = {
    "MONTANT": lambda mois: Montant(mois, Decimal("1452.30"), (Ligne("SALAIRE", "DSN", Decimal("1452.30")),)),
    "ZERO_CONFIRME": lambda mois: ZeroConfirme(mois, (Ligne("SALAIRE", "DSN", Decimal("0.00")),)),
    "AUCUNE_DONNEE": lambda mois: AucuneDonnee(mois, SansDonnee.PAS_ENCORE_REMONTE),
    "DISCORDANCE_IDENTITE": DiscordanceIdentite,
    "SOURCE_INDISPONIBLE": lambda mois: SourceIndisponible(mois, Indisponible.PANNE),
}
AVANT: Mapping[str, Callable[[HttpRequest, Bac], None]] = {
    "doublon": doublon,
    "jumeaux": partial(doublon, jumeau=True),
    "radiee": radiee,
    "effacee": effacee,
    "gel": gel,
    "vol": vol,
    **{nom: partial(changer, correctif=correctif) for nom, correctif in CHANGEMENTS.items()},
}


def _acte(bac: Bac, role: Role = Role.AGENT_GUICHET, rang: int = 0) -> Acte:
    return Acte(acteur_du_bac(bac.territoire, role, rang), maintenant())


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
