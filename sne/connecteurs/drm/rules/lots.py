"""A lot of the DRM: many persons asked about at once under references that say nothing, read page by page.

The contract is assumed. A line that does not hold together is left out by itself: the others are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from sne.connecteurs.drm.rules.lecture import MOIS_MAX, Demandee, MoisLu, lire_les_mois
from sne.connecteurs.drm.rules.mois import AucuneDonnee, DiscordanceIdentite, Mois, SansDonnee
from sne.connecteurs.rules.reponses import Souple

PERSONNES_MAX = 10_000
PAR_PAGE = 500
Reference = Annotated[str, Field(min_length=1, max_length=60)]


class EtatLot(StrEnum):
    """Where the source is with a lot; ``INCONNU``: it never received it."""

    INCONNU = "INCONNU"
    RECU = "RECU"
    EN_COURS = "EN_COURS"
    TERMINE = "TERMINE"
    REJETE = "REJETE"


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a lot: the months of each reference, ``None`` for a line that is not to be believed. ``derniere``:
    no page follows.
    """

    lignes: Mapping[str, tuple[Mois, ...] | None]
    derniere: bool


class _Etat(Souple):
    statut: Literal["RECU", "EN_COURS", "TERMINE", "REJETE"]


class _Resultat(Souple):
    ref: Reference
    statut: Literal["OK", "SANS_DONNEE", "NIR_INCONNU", "DISCORDANCE_IDENTITE", "ERREUR"]
    mois: Annotated[list[MoisLu], Field(max_length=MOIS_MAX)]


class _Page(Souple):
    resultats: Annotated[list[Any], Field(max_length=PAR_PAGE)]
    suivante: int | None = None


def corps_du_lot(cle: str, personnes: Mapping[str, Demandee]) -> dict[str, object]:
    """The body of a lot of our own key: each person under a reference. All are asked about for the same months."""
    premiere = next(iter(personnes.values()))
    commun = premiere.corps()
    return {
        "lot_id": cle,
        "finalite": commun["finalite"],
        "periode": commun["periode"],
        "demandes": [
            {"ref": ref, **{nom: demandee.corps()[nom] for nom in ("nir", "identite")}}
            for ref, demandee in personnes.items()
        ],
    }


def lire_etat(statut: int, octets: bytes) -> EtatLot:
    """Where the source is with a lot. Raises ``ValueError``."""
    if statut == 404:
        return EtatLot.INCONNU
    return EtatLot(_Etat.model_validate_json(octets).statut)


def lire_page(octets: bytes, *, mois: Sequence[date]) -> Page:
    """The lines of a page, for the months asked for (newest first). Raises ``ValueError`` for a page that is none."""
    page = _Page.model_validate_json(octets)
    lues: dict[str, tuple[Mois, ...] | None] = {}
    for brut in page.resultats:
        ref = brut.get("ref") if isinstance(brut, dict) else None
        if isinstance(ref, str):
            # A reference twice is two truths: neither is believed.
            lues[ref] = None if ref in lues else _lire_ligne(brut, tuple(mois))
    return Page(lues, page.suivante is None)


def _lire_ligne(brut: Mapping[str, Any], mois: tuple[date, ...]) -> tuple[Mois, ...] | None:
    try:
        ligne = _Resultat.model_validate(brut)
        return _selon_le_statut(ligne, mois)
    except (ValidationError, ValueError):
        return None


def _selon_le_statut(ligne: _Resultat, mois: tuple[date, ...]) -> tuple[Mois, ...] | None:
    if ligne.statut in {"OK", "SANS_DONNEE"}:
        return lire_les_mois(ligne.mois, mois)
    if ligne.mois:
        raise ValueError("months of somebody whom the source does not know")
    match ligne.statut:
        case "NIR_INCONNU":
            return tuple(AucuneDonnee(m, SansDonnee.NIR_INCONNU) for m in mois)
        case "DISCORDANCE_IDENTITE":
            return tuple(DiscordanceIdentite(m) for m in mois)
    return None
