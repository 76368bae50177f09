"""Decisions of the allocation commission: rank, conditions precedent, priority publics. Pure (CCH R441-3, R441-10)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sne.referentiels.rules import ClassePublic, PublicPrioritaire
from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.faits.rules.faits import PHRASE_RPLS, Correction, controler_texte, lire_rpls

RANG_MAXIMUM = 20


class Decision(StrEnum):
    """What the commission decided on one candidate for one dwelling; codes of ``ListeDecisionCommission``."""

    ATTR = "ATTR"
    ATTR_RANG = "ATTR_RANG"
    ATTR_SUSP = "ATTR_SUSP"
    NON_ATTR = "NON_ATTR"
    IRRECEVABLE = "IRRECEVABLE"


REJETTENT: Mapping[Decision, str] = MappingProxyType(
    {
        Decision.NON_ATTR: "Dites pourquoi le logement n’est pas attribué\u00a0: le ménage en reçoit le motif.",
        Decision.IRRECEVABLE: "Dites pourquoi la demande est irrecevable\u00a0: le ménage en reçoit le motif.",
    }
)
"""Decisions notified with their reason (CCH L441-2-2), and the sentence that asks for it."""


@dataclass(frozen=True, slots=True)
class DecisionSaisie:
    """What is told of a decision. ``jour``: of the commission; ``bailleur``: key of its body, empty for one's own."""

    code: str
    jour: date
    bailleur: str = ""
    rpls: str = ""
    rang: int | None = None
    pieces_manquantes: tuple[str, ...] = ()
    pieces_avant: date | None = None
    publics: tuple[str, ...] = ()
    motivation: str = ""
    correction: Correction | None = None


def controler_decision(
    saisie: DecisionSaisie, *, pieces: Collection[str], publics: Collection[str]
) -> Iterator[Anomalie]:
    """What is wrong. ``pieces``, ``publics``: codes in force on the day of the act."""
    if saisie.code not in set(Decision):
        yield bloquer("code", "Cette décision n’est pas dans la liste. Choisissez-en une.")
        return
    decision = Decision(saisie.code)
    yield from _rang(saisie, decision)
    yield from _condition(saisie, decision, pieces)
    yield from controler_publics(saisie.publics, publics)
    if saisie.rpls and lire_rpls(saisie.rpls) is None:
        yield bloquer("rpls", PHRASE_RPLS)
    yield from controler_texte("motivation", saisie.motivation.strip(), requis=REJETTENT.get(decision, ""))


def _rang(saisie: DecisionSaisie, decision: Decision) -> Iterator[Anomalie]:
    if decision is Decision.ATTR_RANG:
        if saisie.rang is None or not 1 <= saisie.rang <= RANG_MAXIMUM:
            yield bloquer("rang", f"Le rang du candidat manque. Indiquez un nombre de 1 à {RANG_MAXIMUM}.")
    elif saisie.rang is not None:
        yield bloquer("rang", "Un rang ne va qu’avec un classement des candidats. Retirez-le.")


def _condition(saisie: DecisionSaisie, decision: Decision, pieces: Collection[str]) -> Iterator[Anomalie]:
    """The landlord must sign when the missing document comes in time: both are named (CCH R441-3, c)."""
    if decision is not Decision.ATTR_SUSP:
        if saisie.pieces_manquantes or saisie.pieces_avant:
            yield bloquer(
                "pieces_manquantes",
                "Une pièce manquante ne va qu’avec une condition suspensive. Retirez-la, ainsi que sa date limite.",
            )
        return
    if not saisie.pieces_manquantes:
        yield bloquer("pieces_manquantes", "La pièce manquante n’est pas dite. Choisissez-en au moins une.")
    elif not set(saisie.pieces_manquantes) <= set(pieces):
        yield bloquer(
            "pieces_manquantes", "Cette pièce ne peut pas être demandée. Choisissez-en une de la liste."
        )
    if saisie.pieces_avant is None or saisie.pieces_avant < saisie.jour:
        yield bloquer(
            "pieces_avant",
            "Le délai pour fournir la pièce manque. Indiquez une date à partir de la commission.",
        )


def controler_publics(codes: Collection[str], connus: Collection[str]) -> Iterator[Anomalie]:
    """Priority publics are those in force."""
    if not set(codes) <= set(connus):
        yield bloquer("publics", "Ce public prioritaire n’existe pas ou plus. Choisissez-en un de la liste.")


def publics_lisibles(
    publics: Collection[PublicPrioritaire], *, peut: Callable[[ClassePublic], bool]
) -> tuple[PublicPrioritaire, ...]:
    """Those that say nothing more of a household than the reader may know."""
    return tuple(public for public in publics if peut(public.classe))
