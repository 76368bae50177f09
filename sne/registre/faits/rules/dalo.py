"""DALO facts: the status a mediation commission gave, a wait called abnormal. Pure (CCH L441-2-3, L441-1-4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.faits.rules.faits import CodeValide, Correction

SANS_STATUT = "NON"


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
    """What is told: from the day ``jour`` to ``fin``, both included; no end: until further notice."""

    nature: str
    jour: date
    fin: date | None = None
    statut: str = ""
    correction: Correction | None = None


def controler_dalo(saisie: FaitDaloSaisi, *, code_valide: CodeValide) -> Iterator[Anomalie]:
    """What is missing or wrong."""
    if saisie.nature not in set(NatureDalo):
        yield bloquer("nature", "Dites s’il s’agit du statut DALO ou du délai anormalement long.")
        return
    if saisie.nature == NatureDalo.STATUT:
        if not code_valide("ListeStatutDalo", saisie.statut):
            yield bloquer("statut", "Le statut DALO manque. Choisissez-en un de la liste.")
    elif saisie.statut:
        yield bloquer("statut", "Un statut ne va pas avec le délai anormalement long. Retirez-le.")
    if saisie.fin is not None and saisie.fin < saisie.jour:
        yield bloquer("fin", "La fin précède le début. Vérifiez les deux dates.")


@dataclass(frozen=True, slots=True)
class PeriodeDalo:
    """One fact in force, as read."""

    nature: NatureDalo
    statut: str
    debut: date
    fin: date | None

    def contient(self, jour: date) -> bool:
        """Whether the fact held on that day."""
        return self.debut <= jour and (self.fin is None or jour <= self.fin)


def statut_dalo(faits: Iterable[PeriodeDalo], jour: date) -> str:
    """The status on that day: the one that started last, unless it has ended; ``NON`` when there is none."""
    commences = [f for f in faits if f.nature is NatureDalo.STATUT and f.debut <= jour]
    dernier = max(commences, key=lambda f: f.debut, default=None)
    return dernier.statut if dernier and dernier.contient(jour) else SANS_STATUT


def delai_anormal(faits: Iterable[PeriodeDalo], jour: date) -> bool:
    """Whether the wait was called abnormal on that day."""
    return any(f.contient(jour) for f in faits if f.nature is NatureDalo.DELAI_ANORMAL)
