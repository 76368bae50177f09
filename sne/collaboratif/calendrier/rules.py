"""Meetings: in which layer, until when they change, how a month is drawn. Pure."""

import calendar
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sne.collaboratif.espaces.rules import lire_ligne
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

TITRE_MAX, LIEU_MAX, MOTIF_MAX = 120, 120, 300
RENCONTRE = "RENCONTRE"
"""Of the search."""
A_L_ENVERS = f"La fin vient après le début{INSECABLE}: changez l’heure de fin."
ADRESSE = "L’adresse pour se connecter commence par https://."


class Couche(StrEnum):
    """Whom a meeting is for."""

    NATIONALE = "NATIONALE"
    TERRITOIRE = "TERRITOIRE"
    ESPACE = "ESPACE"


COUCHES = {
    Couche.NATIONALE: "Rencontres nationales",
    Couche.TERRITOIRE: "Rencontres de mon territoire",
    Couche.ESPACE: "Rencontres de mes espaces",
}


def lire_url(url: str) -> str:
    """The address where one joins, read by who signs in. Raises ``Interdit`` on ``url``."""
    url = url.strip()
    if url and (not url.startswith("https://") or len(url) > 300 or any(c.isspace() for c in url)):
        raise Interdit(ADRESSE, champ="url")
    return url


def exiger_dans_l_ordre(debut: datetime, fin: datetime) -> None:
    """Raises ``Interdit`` on ``fin``."""
    if fin <= debut:
        raise Interdit(A_L_ENVERS, champ="fin")


def lire_titre(titre: str) -> str:
    """Raises ``Interdit`` on ``titre``."""
    return lire_ligne(titre, champ="titre", maximum=TITRE_MAX, sinon="Donnez un titre à la rencontre.")


@dataclass(frozen=True, slots=True)
class Case:
    """One day of the grid: ``dans``, of the month that is shown."""

    jour: date
    dans: bool
    rangs: tuple[int, ...]


def grille(mois: date, jours: Sequence[Collection[date]]) -> Iterator[tuple[Case, ...]]:
    """Weeks of a month from Monday; each day with the ranks of what happens in it (``jours``: days of each thing)."""
    for semaine in calendar.Calendar().monthdatescalendar(mois.year, mois.month):
        yield tuple(
            Case(j, j.month == mois.month, tuple(rang for rang, siens in enumerate(jours) if j in siens))
            for j in semaine
        )


def empreinte_du_secret(secret: str) -> bytes:
    """SHA-256: 32 bytes drawn at random need no more."""
    return hashlib.sha256(secret.encode()).digest()
