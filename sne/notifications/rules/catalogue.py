"""Every kind of message as data: its subject, its templates, the values it needs, the SMS that announces it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sne.notifications.rules.etats import Canal


class Genre(StrEnum):
    """One kind of message. Adding one without its templates fails a test."""

    ATTESTATION_SIMPLIFIEE = "ATTESTATION_SIMPLIFIEE"


@dataclass(frozen=True, slots=True)
class Modele:
    """``objet`` and ``sms`` take values between braces; the files are templates of this module.

    ``variables`` are the values that whoever prepares the message must give, no more, no less.
    """

    libelle: str
    objet: str
    texte: str
    html: str
    sms: str
    variables: frozenset[str]
    canaux: frozenset[Canal]


CATALOGUE: Mapping[Genre, Modele] = {
    Genre.ATTESTATION_SIMPLIFIEE: Modele(
        libelle="Attestation d’enregistrement",
        objet="Votre attestation d’enregistrement, demande {numero}",
        texte="notifications/attestation_simplifiee.txt",
        html="notifications/attestation_simplifiee.html",
        sms="Votre demande de logement social est enregistrée sous le numéro {numero}, "
        "valable jusqu’au {date_expiration}.",
        variables=frozenset({"numero", "date_depot", "date_expiration", "verification"}),
        canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
    ),
}


class MessageMalPrepare(ValueError):
    """A value is missing or unknown, or the kind does not go by that channel: a fault of the caller."""


def verifier(genre: Genre, canal: Canal, contexte: Mapping[str, str]) -> None:
    """Raise :class:`MessageMalPrepare` unless the values are exactly those of the kind, and the channel one of its."""
    modele = CATALOGUE[genre]
    if frozenset(contexte) != modele.variables:
        raise MessageMalPrepare(f"{genre}: {sorted(modele.variables ^ frozenset(contexte))}")
    if canal not in modele.canaux:
        raise MessageMalPrepare(f"{genre}: no {canal}")
