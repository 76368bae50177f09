"""What one agreement settles for its software, and no other. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache

from sne.socle.acteur import Acteur, Canal

AGENT = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""What a vendor may call a person who uses its software: a pseudonym of its own, never an address."""
EDITEUR_MAX = 70  # signs: the name of an account holds 80
MOTIF_MAX = 300


class Attestation(StrEnum):
    """When the attestation goes with an answer."""

    JOINTE = "JOINTE"
    SUR_DEMANDE = "SUR_DEMANDE"


class ReponseVide(StrEnum):
    """What an answer that found nothing holds."""

    ENVELOPPE = "ENVELOPPE"
    OMISE = "OMISE"


class FormatListe(StrEnum):
    """How several demandes are given in one file."""

    UNE_RACINE = "UNE_RACINE"
    PLUSIEURS_RACINES = "PLUSIEURS_RACINES"


class Anteriorite(StrEnum):
    """What becomes of a deposit dated further back than a counter may: asked to the manager, or refused."""

    DEMANDER = "DEMANDER"
    REFUSER = "REFUSER"


@dataclass(frozen=True, slots=True)
class Reglages:
    """``preuve_gardee``: the body keeps the proof of a striking off, which the message cannot carry; ``piece_vue``:
    the counter says it saw a document of identity, whose kind the message cannot carry.
    """

    attestation: Attestation = Attestation.JOINTE
    reponse_vide: ReponseVide = ReponseVide.ENVELOPPE
    format_liste: FormatListe = FormatListe.UNE_RACINE
    anteriorite: Anteriorite = Anteriorite.DEMANDER
    preuve_gardee: bool = False
    piece_vue: bool = False


@cache
def retenir(reglages: Reglages) -> Mapping[str, str]:
    """What the actor of a software keeps of them, for the acts that ask."""
    return {champ: str(valeur) for champ, valeur in asdict(reglages).items()}


def reglages_tenus(acteur: Acteur) -> Reglages | None:
    """What the agreement of a software settles; ``None`` for anybody else."""
    dits = acteur.extra
    if acteur.canal is not Canal.INTERFACE or "attestation" not in dits:
        return None
    return Reglages(
        Attestation(dits["attestation"]),
        ReponseVide(dits["reponse_vide"]),
        FormatListe(dits["format_liste"]),
        Anteriorite(dits["anteriorite"]),
        preuve_gardee=dits["preuve_gardee"] == str(True),
        piece_vue=dits["piece_vue"] == str(True),
    )


LIBELLES: Mapping[str, str] = {
    "attestation": "Attestation",
    "reponse_vide": "Réponse sans résultat",
    "format_liste": "Fichier de plusieurs demandes",
    "anteriorite": "Date de dépôt plus ancienne que le délai du guichet",
    "preuve_gardee": "Le guichet garde la preuve d’une radiation",
    "piece_vue": "Le guichet atteste avoir vu une pièce d’identité",
}
VALEURS: Mapping[StrEnum, str] = {
    Attestation.JOINTE: "jointe à la réponse",
    Attestation.SUR_DEMANDE: "remise sur demande",
    ReponseVide.ENVELOPPE: "une enveloppe vide",
    ReponseVide.OMISE: "aucun fichier",
    FormatListe.UNE_RACINE: "une seule racine",
    FormatListe.PLUSIEURS_RACINES: "une racine par demande",
    Anteriorite.DEMANDER: "demandée au gestionnaire territorial",
    Anteriorite.REFUSER: "refusée",
}
