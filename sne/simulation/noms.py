"""What the witness knows of the applicant's name: which one is in force, what waits, and what asking for another gives.

Told from the rule that territorial managers decided, by other code than the register's: its figures are written twice.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from sne.simulation.calendrier import plus_mois

LIBRE_JOURS = 60  # of seniority, under which a counter corrects what it typed
SANS_DECISION_MOIS = 12  # between two changes that nobody decided
RETOUR_RECENT_JOURS = 30  # after a striking-off is undone, everything is decided by somebody
EXPIRATION_JOURS = 30
LETTRES, PART = 2, 0.25  # that may change without a decision


class Suite(StrEnum):
    """What comes of a name asked for."""

    RIEN = "RIEN"
    APPLIQUE = "APPLIQUE"
    ATTEND = "ATTEND"


@dataclass(slots=True)
class Noms:
    """``reference``: the last one that somebody decided, or the first; ``protegee``: the oldest seniority that the
    demande has or may be given; ``appliques``: days of changes that nobody decided; ``repris``: what was in force
    before a takeover, and its version; ``valideurs``: who said that another name is theirs.
    """

    en_vigueur: str = ""
    reference: str = ""
    protegee: date = date.max
    demande: str = ""
    demande_le: date = date.max
    appliques: list[date] = field(default_factory=list)
    revenue_le: date = date.min
    repris: tuple[str, int] | None = None
    valideurs: set[uuid.UUID] = field(default_factory=set)

    def suite(self, nom: str, jour: date) -> Suite:
        """What asking for this name on that day gives, on a file that nothing keeps still."""
        if nom in (self.demande, self.en_vigueur):
            return Suite.RIEN
        if (jour - self.protegee).days < LIBRE_JOURS:
            return Suite.APPLIQUE
        petite = _est_petite(self.reference, nom)
        seule = all(le < plus_mois(jour, -SANS_DECISION_MOIS) for le in self.appliques)
        calme = (jour - self.revenue_le).days > RETOUR_RECENT_JOURS
        return Suite.APPLIQUE if petite and seule and calme else Suite.ATTEND

    def appliquer(self, nom: str, jour: date) -> None:
        """Nobody decided: the reference stays."""
        self.en_vigueur = nom
        self.appliques.append(jour)

    def attendre(self, nom: str, jour: date) -> None:
        """Somebody must decide; until then nothing moves."""
        self.demande, self.demande_le = nom, jour

    def valider(self, par: uuid.UUID) -> None:
        """Somebody else decided that it is so."""
        self.valideurs.add(par)
        self.en_vigueur = self.reference = self.demande
        self.ecarter()

    def ecarter(self) -> None:
        """Refused, or waited too long."""
        self.demande, self.demande_le = "", date.max

    def retablir(self) -> None:
        """Put back as before a takeover: what was undone does not count against a letter corrected afterwards."""
        assert self.repris is not None
        self.en_vigueur = self.reference = self.repris[0]
        self.repris, self.revenue_le = None, date.min
        self.appliques.clear()

    def expire(self, jour: date) -> bool:
        """Whether what waits is over."""
        return bool(self.demande) and jour >= self.demande_le + timedelta(days=EXPIRATION_JOURS)


def _est_petite(ancien: str, nouveau: str) -> bool:
    un, autre = (("".join(signe for signe in nom.upper() if signe.isalpha())) for nom in (ancien, nouveau))
    ecart = _distance(un, autre)
    return ecart <= LETTRES and ecart <= PART * max(len(un), len(autre))


def _distance(un: str, autre: str) -> int:
    """Letters to add, take away or replace; the names of the simulation never exchange two of them."""
    ligne = list(range(len(autre) + 1))
    for i, a in enumerate(un, start=1):
        suivante = [i]
        for j, b in enumerate(autre, start=1):
            suivante.append(min(ligne[j] + 1, suivante[-1] + 1, ligne[j - 1] + (a != b)))
        ligne = suivante
    return ligne[-1]
