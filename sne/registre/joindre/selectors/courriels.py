"""E-mail addresses to verify, and the link that does it: signed, dated, bound to one address of one demande."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.socle.chiffrement import empreinte

USAGE_ADRESSE = "registre.courriel_a_verifier"
SEL = "sne.registre.verifier_courriel"


@dataclass(frozen=True, slots=True)
class Lien:
    """What a link says, without naming anybody. ``cle``: names the one act that it allows, once."""

    demande_id: uuid.UUID
    territoire: str
    adresse: str
    cle: str


def signer_lien(lien: Lien) -> str:
    """The token of a link: the person who holds it read the address it was sent to."""
    return signing.dumps([lien.demande_id.hex, lien.territoire, lien.adresse, lien.cle], salt=SEL)


def lire_lien(jeton: str, *, heures: int) -> Lien | None:
    """What a token says; ``None`` when it was altered, is not one of ours, or is too old."""
    try:
        demande, territoire, adresse, cle = signing.loads(jeton, salt=SEL, max_age=timedelta(hours=heures))
    except signing.BadSignature:
        return None
    return Lien(uuid.UUID(demande), territoire, adresse, cle)


def marque_d_adresse(courriel: str) -> str:
    """Fingerprint of an address, as a link carries it."""
    return empreinte(courriel.lower(), usage=USAGE_ADRESSE).hex()[:32]


def list_adresses_verifiees(demandes: Collection[uuid.UUID]) -> dict[uuid.UUID, frozenset[str]]:
    """Addresses (lower case) that somebody on each of these demandes is known to read; only those that have one.

    The caller has checked that its actor may read these demandes.
    """
    lues = Personne.objects.filter(
        demande__in=[*demandes], retire_le=None, courriel_etat=EtatCourriel.VERIFIEE
    ).values_list("demande", "courriel")
    par_demande: dict[uuid.UUID, set[str]] = {}
    for demande, courriel in lues:
        par_demande.setdefault(demande, set()).add(courriel)
    return {demande: frozenset(courriels) for demande, courriels in par_demande.items()}


def list_a_verifier(demande_id: uuid.UUID) -> tuple[str, ...]:
    """Addresses of the persons of a demande about which nothing good is known, each once.

    The caller has checked that its actor may read this demande.
    """
    personnes = Personne.objects.filter(demande=demande_id, retire_le=None).exclude(courriel="")
    a_verifier = personnes.exclude(courriel_etat=EtatCourriel.VERIFIEE).order_by("rang", "id")
    return tuple(dict.fromkeys(a_verifier.values_list("courriel", flat=True)))
