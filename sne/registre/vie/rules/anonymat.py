"""What statistics may keep of an erased application: classes wide enough to be of nobody. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sne.registre.contenu.rules.mois import ajouter_mois


class Menage(StrEnum):
    """Size of the household."""

    UNE = "UNE"
    DEUX = "DEUX"
    TROIS_QUATRE = "TROIS_QUATRE"
    CINQ_PLUS = "CINQ_PLUS"


class Anciennete(StrEnum):
    """How long it had waited when it was struck off."""

    MOINS_D_UN_AN = "MOINS_1"
    UN_A_TROIS = "DE_1_A_3"
    TROIS_A_CINQ = "DE_3_A_5"
    CINQ_A_DIX = "DE_5_A_10"
    DIX_ET_PLUS = "DIX_PLUS"


@dataclass(frozen=True, slots=True)
class Traits:
    """One anonymous row, except its territory."""

    annee_depot: int
    trimestre_radiation: str
    motif: str
    menage: Menage
    typologie: str
    anciennete: Anciennete
    deja_locataire: bool
    attribution: bool


def anonymiser(
    *,
    depot: date,
    radiee_le: date,
    motif: str,
    nb_personnes: int,
    types_logement: Collection[str],
    deja_locataire: bool,
    attribution: bool,
) -> Traits:
    """The classes of an application: a year, a quarter, a bracket; never a day, a commune or an amount."""
    return Traits(
        annee_depot=depot.year,
        trimestre_radiation=f"{radiee_le.year}T{(radiee_le.month + 2) // 3}",
        motif=motif,
        menage=_menage(nb_personnes),
        typologie=min(types_logement, default=""),
        anciennete=_anciennete(depot, radiee_le),
        deja_locataire=deja_locataire,
        attribution=attribution,
    )


def _menage(nombre: int) -> Menage:
    if nombre >= 5:
        return Menage.CINQ_PLUS
    if nombre >= 3:
        return Menage.TROIS_QUATRE
    return Menage.DEUX if nombre == 2 else Menage.UNE


def _anciennete(depot: date, radiee_le: date) -> Anciennete:
    bornes = (
        (1, Anciennete.MOINS_D_UN_AN),
        (3, Anciennete.UN_A_TROIS),
        (5, Anciennete.TROIS_A_CINQ),
        (10, Anciennete.CINQ_A_DIX),
    )
    for ans, classe in bornes:
        if radiee_le < ajouter_mois(depot, 12 * ans):
            return classe
    return Anciennete.DIX_ET_PLUS
