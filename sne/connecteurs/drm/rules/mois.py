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
    """Why the source says nothing of a month."""

    SOURCES_CLOSES = "SOURCES_CLOSES"  # all that was to come has come: nothing was declared
    PAS_ENCORE_REMONTE = "PAS_ENCORE_REMONTE"
    NIR_INCONNU = "NIR_INCONNU"
    MOIS_ABSENT = "MOIS_ABSENT"  # asked for, and left out of the answer


class NonEligible(StrEnum):
    """Why the source is not asked about this person."""

    COTITULAIRE = "COTITULAIRE"
    ASSOCIATION = "ASSOCIATION"
    NIR_ABSENT = "NIR_ABSENT"
    NIR_NON_DETENU = "NIR_NON_DETENU"
    NIR_PROVISOIRE = "NIR_PROVISOIRE"
    DEMANDE_FERMEE = "DEMANDE_FERMEE"
    IDENTITE_EN_ATTENTE = "IDENTITE_EN_ATTENTE"
    DOSSIER_FIGE = "DOSSIER_FIGE"


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
    """The source answered, and has nothing for that month."""

    mois: date
    raison: SansDonnee


@dataclass(frozen=True, slots=True)
class PasEligible:
    """The source is not asked."""

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
DIT_SANS_DONNEE: dict[SansDonnee, str] = {
    SansDonnee.SOURCES_CLOSES: "Aucune donnée transmise pour ce mois. Cela ne veut pas dire zéro.",
    SansDonnee.PAS_ENCORE_REMONTE: "Pas encore disponible\u00a0: les déclarations de ce mois arrivent plus tard.",
    SansDonnee.NIR_INCONNU: "Aucune donnée\u00a0: ce numéro de sécurité sociale n’est pas connu de la source.",
    SansDonnee.MOIS_ABSENT: "Aucune donnée transmise pour ce mois. Cela ne veut pas dire zéro.",
}
DIT_NON_ELIGIBLE: dict[NonEligible, str] = {
    NonEligible.COTITULAIRE: "Les ressources ne sont demandées que pour le demandeur, pas pour les cotitulaires.",
    NonEligible.ASSOCIATION: "Les ressources ne sont demandées que pour une personne, pas pour une association.",
    NonEligible.NIR_ABSENT: "Aucun numéro de sécurité sociale n’est enregistré. Ajoutez-le s’il est connu.",
    NonEligible.NIR_NON_DETENU: "La personne n’a pas de numéro de sécurité sociale.",
    NonEligible.NIR_PROVISOIRE: "Le numéro de sécurité sociale est provisoire. Remplacez-le par le définitif.",
    NonEligible.DEMANDE_FERMEE: "La demande n’est plus en cours.",
    NonEligible.IDENTITE_EN_ATTENTE: "Un changement d’identité attend une décision.",
    NonEligible.DOSSIER_FIGE: "Le dossier est figé par une enquête.",
}
DIT_INDISPONIBLE: dict[Indisponible, str] = {
    Indisponible.PANNE: "La source ne répond pas. Les ressources déclarées restent valables.",
    Indisponible.DELAI: "La source met trop de temps à répondre. Les ressources déclarées restent valables.",
    Indisponible.SUSPENDU: "La source n’est pas interrogée en ce moment. Les ressources déclarées restent valables.",
    Indisponible.ILLISIBLE: "La réponse de la source n’a pas pu être lue. Les ressources déclarées restent valables.",
}
DISCORDANCE = "Données non affichées\u00a0: identité à vérifier."


@dataclass(frozen=True, slots=True)
class Moyenne:
    """A mean over the months that have a figure, and how many they are: never told without that number."""

    montant: Decimal
    mois_comptes: int


def dire(mois: Mois) -> str:
    """What a screen says of that month."""
    match mois:
        case Montant():
            return f"{en_euros(mois.total)} net versé"
        case ZeroConfirme():
            return "0,00\u00a0€ confirmé par la source"
        case AucuneDonnee():
            return DIT_SANS_DONNEE[mois.raison]
        case PasEligible():
            return DIT_NON_ELIGIBLE[mois.raison]
        case DiscordanceIdentite():
            return DISCORDANCE
        case _:
            return DIT_INDISPONIBLE[mois.raison]


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


def en_euros(montant: Decimal) -> str:
    """« 1 452,30 € »."""
    return f"{montant:,.2f}\u00a0€".replace(",", "\u202f").replace(".", ",")


def mois_de(debut: date, fin: date) -> tuple[date, ...]:
    """First days of the months from one to the other, newest first."""
    rangs = range(fin.year * 12 + fin.month - 1, debut.year * 12 + debut.month - 2, -1)
    return tuple(date(rang // 12, rang % 12 + 1, 1) for rang in rangs)
