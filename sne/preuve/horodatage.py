"""Asking a time-stamping authority (RFC 3161) when it saw a text: somebody else’s clock, over HTTP.

The library comes with the first question: certificates are memory that a process which never asks does without.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sne.socle.sortie import Bornes, Envoi, demander

BORNES = Bornes(connexion=5, lecture=20, total=30, octets_max=1 << 20)
QUESTION = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class HorodatageIndisponible(OSError):
    """The authority did not answer, refused, or answered about something else."""


@dataclass(frozen=True, slots=True)
class Reponse:
    """The answer as received (DER), and the instant it says (aware)."""

    octets: bytes
    instant: datetime


def horodater(texte: bytes, *, url: str) -> Reponse:
    """Have the SHA-256 of this text stamped. Raises :class:`HorodatageIndisponible`, or another ``OSError``.

    That the answer is about our text is checked here; whose signature it bears is for the verifier, who chooses whom
    to trust.
    """
    import rfc3161_client as rfc3161  # noqa: PLC0415 - see the first lines

    demande = (
        rfc3161.TimestampRequestBuilder()
        .data(texte)
        .hash_algorithm(rfc3161.HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    octets = demander(Envoi(url, BORNES, octets=demande.as_bytes(), entetes=QUESTION)).octets
    try:
        reponse = rfc3161.decode_timestamp_response(octets)
        statut = rfc3161.PKIStatus(reponse.status)
        accordee = statut in {rfc3161.PKIStatus.GRANTED, rfc3161.PKIStatus.GRANTED_WITH_MODS}
        dit = reponse.tst_info
    except ValueError as exc:
        raise HorodatageIndisponible("réponse illisible") from exc
    du_texte = secrets.compare_digest(dit.message_imprint.message, sha256(texte).digest())
    if not accordee or not du_texte or dit.nonce != demande.nonce:
        raise HorodatageIndisponible("réponse refusée, ou pour un autre texte")
    return Reponse(octets, dit.gen_time)
