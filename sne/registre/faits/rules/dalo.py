"""DALO facts: the status a mediation commission gave, a wait called abnormal. Pure (CCH L441-2-3, L441-1-4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.faits.rules.faits import CodeValide, Correction


class NatureDalo(StrEnum):
    """What the fact is about."""

    STATUT = "STATUT"
    DELAI_ANORMAL = "DELAI_ANORMAL"


LIBELLES_DALO = {
    NatureDalo.STATUT: "Statut DALO",
    NatureDalo.DELAI_ANORMAL: "Délai anormalement long",
}


@dataclass(frozen=True, slots=True)
class FaitDaloSaisi:
    """What is told: from the day ``jour`` to ``fin``, both included; no end: until further notice.

    With a status, what the commission decided besides: whether there is a social diagnosis, a social support
    (``None``: not said), and the kind of dwelling that it recommends (``ListeTypologieLogementDalo``).
    """

    nature: str
    jour: date
    fin: date | None = None
    statut: str = ""
    diagnostic_social: bool | None = None
    accompagnement_social: bool | None = None
    typologie: str = ""
    correction: Correction | None = None


def controler_dalo(saisie: FaitDaloSaisi, *, code_valide: CodeValide) -> Iterator[Anomalie]:
    """What is missing or wrong."""
    if saisie.nature not in set(NatureDalo):
        yield bloquer("nature", "Dites s’il s’agit du statut DALO ou du délai anormalement long.")
        return
    if saisie.nature == NatureDalo.STATUT:
        if not code_valide("ListeStatutDalo", saisie.statut):
            yield bloquer("statut", "Le statut DALO manque. Choisissez-en un de la liste.")
        if saisie.typologie and not code_valide("ListeTypologieLogementDalo", saisie.typologie):
            yield bloquer("typologie", "Ce logement préconisé n’est pas dans la liste. Choisissez-en un.")
    else:
        yield from _sans_statut(saisie)
    if saisie.fin is not None and saisie.fin < saisie.jour:
        yield bloquer("fin", "La fin précède le début. Vérifiez les deux dates.")


def _sans_statut(saisie: FaitDaloSaisi) -> Iterator[Anomalie]:
    dits = {
        "statut": saisie.statut or None,
        "diagnostic_social": saisie.diagnostic_social,
        "accompagnement_social": saisie.accompagnement_social,
        "typologie": saisie.typologie or None,
    }
    for champ, dit in dits.items():
        if dit is not None:
            yield bloquer(champ, "Cela ne va qu’avec un statut DALO, pas avec le délai anormal. Retirez-le.")


@dataclass(frozen=True, slots=True)
class PeriodeDalo:
    """One fact in force, as read."""

    nature: NatureDalo
    statut: str
    debut: date
    fin: date | None
    diagnostic_social: bool | None = None
    accompagnement_social: bool | None = None
    typologie: str = ""
