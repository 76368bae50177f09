"""A month of resources is one of six things, and only one of them has an amount. Absence is never zero.

There is no « amount or None » here: somebody who wants a figure must say what is done of the five other cases. A month
without data, a person that the source does not know, a source that is away, are each a type of their own, and none of
them can be built with a figure, nor turned into one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

CENTIMES = Decimal("0.01")
MONTANT_MAX = Decimal("99999999.99")


class SansDonnee(StrEnum):
    """Why nothing is known of a month; the last one is ours: nobody asked."""

    SOURCES_CLOSES = "SOURCES_CLOSES"  # all that was to come has come: nothing was declared
    PAS_ENCORE_REMONTE = "PAS_ENCORE_REMONTE"
    NIR_INCONNU = "NIR_INCONNU"
    MOIS_ABSENT = "MOIS_ABSENT"  # asked for, and left out of the answer
    JAMAIS_DEMANDEE = "JAMAIS_DEMANDEE"


class NonEligible(StrEnum):
    """Why the source is not asked about this person, or not for this reader (the two last)."""

    COTITULAIRE = "COTITULAIRE"
    ASSOCIATION = "ASSOCIATION"
    NIR_ABSENT = "NIR_ABSENT"
    NIR_NON_DETENU = "NIR_NON_DETENU"
    NIR_PROVISOIRE = "NIR_PROVISOIRE"
    DEMANDE_FERMEE = "DEMANDE_FERMEE"
    IDENTITE_EN_ATTENTE = "IDENTITE_EN_ATTENTE"
    DOSSIER_FIGE = "DOSSIER_FIGE"
    SESSION = "SESSION"
    SESSION_ANCIENNE = "SESSION_ANCIENNE"


class Indisponible(StrEnum):
    """Why the source did not answer."""

    PANNE = "PANNE"
    DELAI = "DELAI"
    SUSPENDU = "SUSPENDU"
    ILLISIBLE = "ILLISIBLE"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of a month: its nature and its source as the service names them, net, in euros."""

    nature: str
    source: str
    montant: Decimal


@dataclass(frozen=True, slots=True)
class Montant:
    """The source declares this, net, in euros; below zero after a correction, never zero."""

    mois: date
    total: Decimal
    lignes: tuple[Ligne, ...] = ()

    def __post_init__(self) -> None:
        """Raises ``ValueError`` for what is not an amount of euros and cents, or is zero."""
        exiger_euros(self.total)
        if self.total == 0:
            raise ValueError("zero is ZeroConfirme")


@dataclass(frozen=True, slots=True)
class ZeroConfirme:
    """The source declares lines whose total is zero: somebody said so."""

    mois: date
    lignes: tuple[Ligne, ...]

    def __post_init__(self) -> None:
        """Raises ``ValueError`` when no line says it: nothing declared is not zero."""
        if not self.lignes:
            raise ValueError("nobody declared this zero")


@dataclass(frozen=True, slots=True)
class AucuneDonnee:
    """Nothing is known for that month."""

    mois: date
    raison: SansDonnee


@dataclass(frozen=True, slots=True)
class PasEligible:
    """The source is not asked, or what it said is not for this reader."""

    mois: date
    raison: NonEligible


@dataclass(frozen=True, slots=True)
class DiscordanceIdentite:
    """The source knows somebody else under that NIR: nothing is shown."""

    mois: date


@dataclass(frozen=True, slots=True)
class SourceIndisponible:
    """The source did not answer, or not about what was asked."""

    mois: date
    raison: Indisponible


type Mois = Montant | ZeroConfirme | AucuneDonnee | PasEligible | DiscordanceIdentite | SourceIndisponible

ETATS: dict[type, str] = {
    Montant: "MONTANT",
    ZeroConfirme: "ZERO_CONFIRME",
    AucuneDonnee: "AUCUNE_DONNEE",
    PasEligible: "NON_ELIGIBLE",
    DiscordanceIdentite: "DISCORDANCE_IDENTITE",
    SourceIndisponible: "SOURCE_INDISPONIBLE",
}


@dataclass(frozen=True, slots=True)
class Moyenne:
    """A mean over the months that have a figure, and how many they are: never told without that number."""

    montant: Decimal
    mois_comptes: int


def moyenne(tous: Iterable[Mois]) -> Moyenne | None:
    """The mean of the months that have a figure; ``None`` when none has."""
    figures = list(_figures(tous))
    if not figures:
        return None
    return Moyenne((sum(figures, Decimal(0)) / len(figures)).quantize(CENTIMES), len(figures))


def _figures(tous: Iterable[Mois]) -> Iterator[Decimal]:
    """The amounts, and the zeros that somebody confirmed; of the other months nothing."""
    for mois in tous:
        if isinstance(mois, Montant):
            yield mois.total
        elif isinstance(mois, ZeroConfirme):
            yield Decimal(0)


def exiger_euros(montant: Decimal) -> None:
    """Raises ``ValueError`` for what is not a number of euros and cents that a person may be paid."""
    if not montant.is_finite() or abs(montant) > MONTANT_MAX or montant != montant.quantize(CENTIMES):
        raise ValueError("not an amount in euros and cents")


def mois_de(debut: date, fin: date) -> tuple[date, ...]:
    """First days of the months from one to the other, newest first."""
    rangs = range(fin.year * 12 + fin.month - 1, debut.year * 12 + debut.month - 2, -1)
    return tuple(date(rang // 12, rang % 12 + 1, 1) for rang in rangs)
