"""Households and actors of the tests: small, fictional, one call each."""

import itertools
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any
from unittest import mock

from django.db import connection
from stdnum.fr import nir as stdnum_nir

from sne.habilitations.rules import ROLES, Etendue, Permission, Role
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.personne import Identite
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.deposer import Recepisse, deposer_demande
from sne.registre.identite.actions import decider as decider_identite
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.horloge import PARIS, jour
from sne.socle.identifiants import uuid7

MAINTENANT = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
AUJOURD_HUI = date(2026, 11, 24)
ANCIEN = MAINTENANT - timedelta(days=200)
"""Of a demande old enough for its identity to be controlled, and still valid."""
_numeros = itertools.count(1)


LECTEURS = frozenset(role for role, profil in ROLES.items() if Permission.DEMANDE_LIRE in profil.permissions)
"""Roles that open files."""


def midi(le: date) -> datetime:
    """Noon of that day, at the counter's clock."""
    return datetime.combine(le, time(12), PARIS)


def creer_acteur(
    role: Role = Role.AGENT_GUICHET,
    *,
    territoire: str = "099",
    guichet: str = "G0993",
    canal: Canal = Canal.GUICHET,
    organisme: str = "",
) -> Acteur:
    """An actor holding one role, without any account behind it."""
    au_guichet = role in {Role.AGENT_GUICHET, Role.RESPONSABLE_GUICHET, Role.EDITEUR}
    national = ROLES[role].etendue is Etendue.NATION
    perimetre = Perimetre() if national else Perimetre(territoire, guichet if au_guichet else "")
    permissions = frozenset(str(p) for p in ROLES[role].permissions)
    return Acteur(
        id=uuid7(),
        nom="Camille Rousset",
        canal=canal,
        mandats=(Mandat(str(role), permissions, perimetre, organisme),),
        guichet=guichet if au_guichet else "",
        territoire="" if national else territoire,
        correlation=uuid7(),
    )


def nir_de(naissance: date, sexe: int = 2, rang: int | None = None) -> str:
    """A NIR with its right key, agreeing with the birth date; a new one at each call."""
    numero = next(_numeros) if rang is None else rang
    corps = f"{sexe}{naissance:%y}{naissance:%m}99{numero:06d}"
    return corps + stdnum_nir.calc_check_digits(corps)


def personne(nom: str = "Dubreuil", prenoms: str = "Élodie", **autres: Any) -> dict[str, Any]:
    """One adult as raw content."""
    identite = {
        "civilite": "2",
        "nom_naissance": nom,
        "prenoms": prenoms,
        "date_naissance": "1987-03-14",
        "nationalite": "1",
    } | autres.pop("identite", {})
    return {"identite": identite, "situation_familiale": "C"} | autres


def contenu(**autres: Any) -> Contenu:
    """The minimal set of a person alone in the demonstration territory; any block can be replaced."""
    adresse = {
        "etranger": False,
        "numero": "12",
        "voie": "rue des Tanneurs",
        "code_postal": "99240",
        "commune": "99002",
    }
    brut = {
        "titulaire": "PERSONNE",
        "demandeur": personne(adresse_courrier=adresse),
        "souhaits": {
            "types_logement": ["T3"],
            "localisations": [{"commune": "99001"}],
            "accepte_autres_communes": True,
        },
    } | autres
    if "adresse_courrier" not in brut["demandeur"]:
        brut["demandeur"] = {**brut["demandeur"], "adresse_courrier": adresse}
    return Contenu.model_validate(brut)


def depot(contenu_: Contenu | None = None, **autres: Any) -> Depot:
    """A deposit ready to be registered at G0993."""
    champs = {
        "id": uuid7(),
        "territoire": "099",
        "guichet": "G0993",
        "contenu": contenu_ or contenu(),
        "date_reception": AUJOURD_HUI,
        "nirs": {},
        "piece_vue": PieceVue("CNI", AUJOURD_HUI),
    } | autres
    return Depot(**champs)


def deposer(
    contenu_: Contenu | None = None, *, acteur: Acteur | None = None, le: datetime = MAINTENANT, **autres: Any
) -> Recepisse:
    """Register one household, received and seen the day it is registered, and give its receipt."""
    recu = autres.setdefault("date_reception", jour(le))
    autres.setdefault("piece_vue", PieceVue("CNI", recu))
    return deposer_demande(depot(contenu_, **autres), acte=Acte(acteur or creer_acteur(), le))


def remplacer(nom: str = "Zimmer", *, issue: str = "VALIDEE") -> str:
    """A demande of Élodie Dubreuil whose holder's name has been changed, by a decision of somebody; its number."""
    recepisse = deposer(le=ANCIEN)
    modifier_demande(
        recepisse.demande_id,
        contenu=contenu(demandeur=personne(nom)),
        revision=1,
        acte=Acte(creer_acteur(), MAINTENANT),
    )
    demandee = Identite.objects.get(demande=recepisse.demande_id, voie="CONTROLE")
    decider(demandee, issue=issue)
    connection.check_constraints()
    return recepisse.nud


def decider(
    demandee: Identite, *, issue: str = "VALIDEE", le: datetime = MAINTENANT + timedelta(hours=1)
) -> None:
    """The answer to a pending identity, as the act writes it, whatever documents there are."""
    gt = creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    with mock.patch.object(decider_identite, "exiger_pieces_vues"):
        if issue == "VALIDEE":
            decider_identite.valider_identite(demandee.id, acte=Acte(gt, le))
        else:
            decider_identite.refuser_identite(
                demandee.id, motif="ERREUR_SAISIE", precision="", acte=Acte(gt, le)
            )


def inconnu() -> uuid.UUID:
    """An identifier that names nothing."""
    return uuid.UUID(int=1)
