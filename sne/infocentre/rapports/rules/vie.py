"""The life of the versions of a report: what they are called, and from when to when, at any instant. Pure.

Nothing « publishes »: decisions say from which instant they hold, and everything is read of them. Those of one version
are taken in the order in which they were validated.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class NatureDecision(StrEnum):
    """What may be decided of a version."""

    PUBLIER = "PUBLIER"
    RENOMMER = "RENOMMER"
    RETIRER = "RETIRER"
    PROLONGER = "PROLONGER"
    ANNULER = "ANNULER"


NATURES = {
    NatureDecision.PUBLIER: "Publier",
    NatureDecision.RENOMMER: "Renommer",
    NatureDecision.RETIRER: "Retirer",
    NatureDecision.PROLONGER: "Reporter le retrait",
    NatureDecision.ANNULER: "Annuler le retrait",
}
NOMMENT = frozenset({NatureDecision.PUBLIER, NatureDecision.RENOMMER})


class SortColonne(StrEnum):
    """What becomes of a column of the old version in the new one."""

    IDENTIQUE = "IDENTIQUE"
    RENOMMEE = "RENOMMEE"
    MODIFIEE = "MODIFIEE"
    SUPPRIMEE = "SUPPRIMEE"
    NOUVELLE = "NOUVELLE"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that was validated. ``numero``: of the version; ``nom``: what it is called from then on."""

    numero: int
    nature: NatureDecision
    prend_effet_le: datetime
    nom: str = ""


@dataclass(frozen=True, slots=True)
class Vie:
    """One version. ``noms``: from which instant, which name, in order. ``retiree_le``: when its address ends."""

    numero: int
    noms: tuple[tuple[datetime, str], ...] = ()
    retiree_le: datetime | None = None

    @property
    def publiee_le(self) -> datetime | None:
        """Since when it is, or will be, read; ``None`` for a version that nobody published."""
        return self.noms[0][0] if self.noms else None

    def en_vigueur(self, instant: datetime) -> bool:
        """Whether it may be read at that instant: from its publication, up to its withdrawal excluded."""
        return self.publiee_le is not None and self.publiee_le <= instant and not self.retiree(instant)

    def retiree(self, instant: datetime) -> bool:
        """Whether it was read once, and no longer is."""
        return self.retiree_le is not None and self.retiree_le <= instant

    def nom(self, instant: datetime) -> str:
        """What it is called at that instant; before its publication, what it will be; after its withdrawal, its last
        name; empty for one that nobody published.
        """
        fin = min(instant, self.retiree_le) if self.retiree_le else instant
        dits = [nom for depuis, nom in self.noms if depuis <= fin]
        return dits[-1] if dits else next((nom for _, nom in self.noms), "")


def vies(decisions: Iterable[Decision]) -> dict[int, Vie]:
    """The life of each version that something was decided of, by number."""
    trouvees: dict[int, Vie] = {}
    for decision in decisions:
        vie = trouvees.get(decision.numero, Vie(decision.numero))
        trouvees[decision.numero] = _appliquer(vie, decision)
    return trouvees


def _appliquer(vie: Vie, decision: Decision) -> Vie:
    if decision.nature in NOMMENT:
        return replace(vie, noms=tuple(sorted((*vie.noms, (decision.prend_effet_le, decision.nom)))))
    annule = decision.nature is NatureDecision.ANNULER
    return replace(vie, retiree_le=None if annule else decision.prend_effet_le)


def versions(connues: dict[int, Vie], instant: datetime) -> tuple[Vie, ...]:
    """The versions that are read at that instant, the newest first."""
    return tuple(connues[n] for n in sorted(connues, reverse=True) if connues[n].en_vigueur(instant))


def refuser(connues: dict[int, Vie], decision: Decision, *, instant: datetime) -> str:
    """Why this decision cannot be taken at ``instant``, in French; empty when it can."""
    vie = connues.get(decision.numero, Vie(decision.numero))
    if decision.nature is not NatureDecision.ANNULER and decision.prend_effet_le < instant:
        return "Cette date est passée : choisissez un jour à venir."
    if decision.nature in NOMMENT:
        return _refuser_le_nom(connues, vie, decision)
    if vie.publiee_le is None:
        return "Cette version n’est pas publiée : il n’y a rien à retirer."
    if vie.retiree(instant):
        return "Cette version est déjà retirée : publiez-en une nouvelle."
    return _refuser_le_retrait(connues, vie, decision)


def _refuser_le_nom(connues: dict[int, Vie], vie: Vie, decision: Decision) -> str:
    if not decision.nom:
        return "Indiquez le nom que portera cette version."
    if decision.nature is NatureDecision.PUBLIER and vie.publiee_le:
        return "Cette version est déjà publiée : renommez-la, ou retirez-la."
    if decision.nature is NatureDecision.RENOMMER and (
        vie.publiee_le is None or decision.prend_effet_le < vie.publiee_le
    ):
        return "Cette version n’est pas encore publiée à cette date : publiez-la sous ce nom."
    if vie.retiree(decision.prend_effet_le):
        return "Cette version est retirée à cette date : choisissez un jour plus tôt."
    for autre in versions(connues, decision.prend_effet_le):
        if autre.numero != vie.numero and autre.nom(decision.prend_effet_le) == decision.nom:
            return f"La version {autre.numero} porte encore ce nom à cette date : renommez-la d’abord."
    return ""


def _refuser_le_retrait(connues: dict[int, Vie], vie: Vie, decision: Decision) -> str:
    if decision.nature is NatureDecision.RETIRER:
        if vie.retiree_le:
            return "Le retrait de cette version est déjà décidé : reportez-le, ou annulez-le."
        if not any(autre.numero != vie.numero for autre in versions(connues, decision.prend_effet_le)):
            return "Aucune autre version n’est publiée à cette date : publiez d’abord celle qui la remplace."
        return ""
    if vie.retiree_le is None:
        return "Aucun retrait n’est décidé pour cette version : il n’y a rien à changer."
    if decision.nature is NatureDecision.PROLONGER and decision.prend_effet_le <= vie.retiree_le:
        return "Ce jour précède le retrait décidé, ou est le même : choisissez un jour plus tardif."
    return ""
