"""What of a page is online at an instant, and whether it still holds: computed, never stored. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dateutil.relativedelta import relativedelta


class Fin(StrEnum):
    """What may be said of a page besides a revision."""

    RETIRER = "RETIRER"
    VERIFIER = "VERIFIER"


class Etat(StrEnum):
    """What a revision is, at an instant."""

    A_RELIRE = "A_RELIRE"
    RENVOYEE = "RENVOYEE"
    REPRISE = "REPRISE"
    PROGRAMMEE = "PROGRAMMEE"
    EN_LIGNE = "EN_LIGNE"
    REMPLACEE = "REMPLACEE"
    RETIREE = "RETIREE"


ETATS = {
    Etat.A_RELIRE: "À relire",
    Etat.RENVOYEE: "Renvoyée",
    Etat.REPRISE: "Reprise",
    Etat.PROGRAMMEE: "Programmée",
    Etat.EN_LIGNE: "En ligne",
    Etat.REMPLACEE: "Remplacée",
    Etat.RETIREE: "Retirée",
}


@dataclass(frozen=True, slots=True)
class Revue:
    """A revision as its life needs it. ``issue``: empty while it waits."""

    numero: int
    issue: str
    effet_le: datetime | None


@dataclass(frozen=True, slots=True)
class Fini:
    """A withdrawal, or a check."""

    nature: Fin
    effet_le: datetime


def en_ligne(revues: Iterable[Revue], fins: Iterable[Fini], *, le: datetime) -> Revue | None:
    """The revision online at ``le``: the last published whose day has come, unless the page was withdrawn since."""
    publiees = [r for r in revues if r.effet_le is not None and r.effet_le <= le]
    derniere = max(publiees, key=lambda r: (r.effet_le, r.numero), default=None)
    retraits = [f.effet_le for f in fins if f.nature is Fin.RETIRER and f.effet_le <= le]
    if derniere is None or any(r >= derniere.effet_le for r in retraits if derniere.effet_le):
        return None
    return derniere


def etat(revue: Revue, revues: Iterable[Revue], fins: Iterable[Fini], *, le: datetime) -> Etat:
    """What this revision is at ``le``, among those of its page."""
    if revue.effet_le is None:
        return {"": Etat.A_RELIRE, "RENVOYEE": Etat.RENVOYEE}.get(revue.issue, Etat.REPRISE)
    if revue.effet_le > le:
        return Etat.PROGRAMMEE
    toutes = tuple(revues)
    if en_ligne(toutes, fins, le=le) == revue:
        return Etat.EN_LIGNE
    suivantes = (r for r in toutes if r.effet_le and revue.effet_le < r.effet_le <= le)
    return Etat.REMPLACEE if any(suivantes) else Etat.RETIREE


def a_verifier(revue: Revue, fins: Iterable[Fini], *, mois: int) -> datetime | None:
    """The instant by which somebody has to read it again; ``None`` while it is not published."""
    if revue.effet_le is None:
        return None
    lues = [f.effet_le for f in fins if f.nature is Fin.VERIFIER and f.effet_le >= revue.effet_le]
    return max([revue.effet_le, *lues]) + relativedelta(months=mois)
