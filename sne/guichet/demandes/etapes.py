"""The steps of a registration: a pure function of the draft gives their list, their state and their order."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class EtatEtape(StrEnum):
    """Where a step stands, in the words shown to the agent."""

    A_FAIRE = "à faire"
    A_COMPLETER = "à compléter"
    FAITE = "faite"


@dataclass(frozen=True, slots=True)
class Etape:
    """One step: its code (in the URL), its title, its rank from 1, and where it stands."""

    code: str
    titre: str
    rang: int
    etat: EtatEtape


TITRES: Mapping[str, str] = {
    "personne": "La personne",
    "coordonnees": "Les coordonnées",
    "foyer": "Le foyer",
    "souhaits": "Les souhaits",
    "verifier": "Vérifier avec la personne",
}
PREMIERE, DERNIERE = "personne", "verifier"


def lister(saisies: Collection[str], valides: Collection[str]) -> tuple[Etape, ...]:
    """Steps in order. ``saisies``: codes already typed in; ``valides``: those without any error."""
    return tuple(
        Etape(code=code, titre=titre, rang=rang, etat=_etat(code, saisies, valides))
        for rang, (code, titre) in enumerate(TITRES.items(), start=1)
    )


def _etat(code: str, saisies: Collection[str], valides: Collection[str]) -> EtatEtape:
    if code not in saisies:
        return EtatEtape.A_FAIRE
    return EtatEtape.FAITE if code in valides else EtatEtape.A_COMPLETER


def voisines(code: str) -> tuple[str, str]:
    """Codes of the previous and next steps ("" at the ends). Raises ``ValueError`` for an unknown code."""
    codes = ["", *TITRES, ""]
    rang = codes.index(code, 1)
    return codes[rang - 1], codes[rang + 1]


def reprise(etapes: Collection[Etape]) -> str:
    """Where to take a draft up again: the first step that is not done."""
    return next((etape.code for etape in etapes if etape.etat is not EtatEtape.FAITE), DERNIERE)


def etape_du_chemin(chemin: str) -> str:
    """Step where a place of the content is typed: ``cotitulaires[0].identite`` → ``foyer``."""
    if chemin.startswith(("cotitulaires", "foyer")):
        return "foyer"
    if chemin.startswith("souhaits"):
        return "souhaits"
    if chemin.startswith(("demandeur.identite", "demandeur.situation_familiale")):
        return "personne"
    return "coordonnees" if chemin.startswith(("demandeur", "preferences")) else DERNIERE
