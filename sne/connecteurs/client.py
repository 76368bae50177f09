"""A question to a service: how long one waits, what its failures mean. Nothing here knows the words of any of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from sne.connecteurs.rules import Motif
from sne.socle import sortie
from sne.socle.horloge import maintenant

CONNEXION = 1.0  # seconds; an address that does not answer is given up at once
LECTURE = 2.0  # seconds between two pieces of an answer
TOTAL = 3.0  # seconds of the whole: a service that answers byte by byte holds nobody
OCTETS_MAX = 256 * 1024
MOTIFS = {
    sortie.Echec.LENT: Motif.LENT,
    sortie.Echec.INJOIGNABLE: Motif.INDISPONIBLE,
    sortie.Echec.TROP_LONG: Motif.ILLISIBLE,
    sortie.Echec.CODE: Motif.ILLISIBLE,
}


@dataclass(frozen=True, slots=True)
class Requete:
    """What is asked: an address of the settings and a path, parameters of the address or a body in JSON, not both.

    ``acceptes``: statuses that mean something to whoever reads; any other one is a failure.
    """

    adresse: str
    parametres: Mapping[str, str | int] | None = None
    corps: Mapping[str, Any] | None = None
    cle: str = ""
    acceptes: frozenset[int] = frozenset({200})
    lecture: float = LECTURE
    total: float = TOTAL
    octets_max: int = OCTETS_MAX


@dataclass(frozen=True, slots=True)
class Recu:
    """A status that was wanted, and its bytes."""

    statut: int
    octets: bytes


class EchecAppel(Exception):
    """No answer. ``compte``: it is the service's fault; ``attente``: how long it asks to be left alone."""

    def __init__(self, motif: Motif, *, compte: bool = True, attente: timedelta | None = None) -> None:
        super().__init__(motif.value)
        self.motif, self.compte, self.attente = motif, compte, attente


def demander(requete: Requete) -> Recu:
    """Ask once. Raises :class:`EchecAppel`, and nothing else, whatever the other side does."""
    try:
        recue = sortie.demander(_envoi(requete))
    except sortie.EnvoiEchoue as exc:
        raise EchecAppel(MOTIFS[exc.echec]) from None
    _juger(recue, acceptes=requete.acceptes)
    return Recu(recue.statut, recue.octets)


def _envoi(requete: Requete) -> sortie.Envoi:
    return sortie.Envoi(
        requete.adresse,
        sortie.Bornes(CONNEXION, requete.lecture, requete.total, requete.octets_max),
        parametres=requete.parametres,
        corps=requete.corps,
        entetes={"Authorization": f"Bearer {requete.cle}"} if requete.cle else {},
        lus=requete.acceptes,
    )


def _juger(recue: sortie.Reponse, *, acceptes: frozenset[int]) -> None:
    statut = recue.statut
    if statut in acceptes:
        return
    if statut == 429:
        raise EchecAppel(Motif.TROP, attente=lire_attente(recue.attente, maintenant()))
    if statut in {400, 422}:  # of this question only
        raise EchecAppel(Motif.REFUSE, compte=False)
    if 400 <= statut < 500:
        raise EchecAppel(Motif.REFUSE)
    raise EchecAppel(Motif.INDISPONIBLE if statut >= 500 else Motif.ILLISIBLE)


def lire_attente(texte: str, le: datetime) -> timedelta | None:
    """What ``Retry-After`` says, in seconds or as a date; ``None`` when it says nothing that can be read."""
    texte = texte.strip()
    if texte.isascii() and texte.isdigit():
        return timedelta(seconds=min(int(texte[:9]), 10**8))
    try:
        quand = parsedate_to_datetime(texte)
        return (quand.astimezone(le.tzinfo) if quand.tzinfo else quand.replace(tzinfo=le.tzinfo)) - le
    except (ValueError, OverflowError):
        return None
