"""Sign-in and sessions: the spelling of an address, why one is refused, when a session is over. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class MotifRefus(StrEnum):
    """Why a sign-in was refused: a code for the journal, never told to the person who signs in."""

    MOT_DE_PASSE = "MOT_DE_PASSE"
    CODE = "CODE"
    VERROU = "VERROU"
    NON_RELIEE = "NON_RELIEE"  # ProConnect knows the person, no account does
    PROCONNECT_SEUL = "PROCONNECT_SEUL"  # the right password, where it opens nothing any more


class MotifFin(StrEnum):
    """Why one has to sign in again, as the sign-in page says it."""

    DEMANDE = "demande"
    INACTIVITE = "inactivite"
    DUREE = "duree"
    CLOSE = "close"  # by somebody else: the person has left
    AILLEURS = "ailleurs"  # by the person, from another session
    NOMBRE = "nombre"  # one more was opened than an account may have
    DELAI = "delai"  # the code was not given in time: no session was open yet


@dataclass(frozen=True, slots=True)
class LimitesDeSession:
    """How long a session lasts: without activity, and in all; how long before its end that is announced."""

    inactivite: timedelta
    duree_max: timedelta
    avis: timedelta


def normaliser_courriel(saisie: str) -> str:
    """The one spelling of an address (compatible form, no outer space, lower case)."""
    return unicodedata.normalize("NFKC", saisie).strip().lower()


def fin_de_session(
    *,
    ouverte_le: datetime,
    vue_le: datetime,
    instant: datetime,
    limites: LimitesDeSession,
    closes_le: datetime | None = None,
) -> MotifFin | None:
    """Why a session is over at ``instant``; ``None`` while it lasts. All instants are aware.

    ``closes_le``: when every session of the account was closed at once, if it was.
    """
    if closes_le is not None and ouverte_le <= closes_le:
        return MotifFin.CLOSE
    if instant - ouverte_le >= limites.duree_max:
        return MotifFin.DUREE
    if instant - vue_le >= limites.inactivite:
        return MotifFin.INACTIVITE
    return None
