"""What a returned e-mail says: RFC 3464 first, else the odd formats of old servers."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import cast

from flufl.bounce import all_failures

from sne.notifications.rules.etats import Issue, Resultat
from sne.notifications.rules.jetons import JETON

ADRESSE = re.compile(r"[\w.+!#$%&'*/=?^`{|}~-]+@[\w.-]+")
LONGUEUR_TEXTE = 200
LU_MAX, LIGNE_MAX = 100_000, 998  # what is read of a return, of each line: anybody writes one
ENTETES_DU_DESTINATAIRE = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
GRAVITE = (Issue.PERMANENT, Issue.TEMPORAIRE, Issue.DELIVRE)


@dataclass(frozen=True, slots=True)
class Retour:
    """A bounce or a receipt: the token of the address it came back to (empty without), what it says, its hash."""

    jeton: str
    resultat: Resultat
    source: str


def lire_retour(octets: bytes) -> Retour | None:
    """The typed content of a returned e-mail; ``None`` when it is something else (an answer, an absence notice)."""
    lus = b"\n".join(ligne[:LIGNE_MAX] for ligne in octets[:LU_MAX].split(b"\n"))
    courriel = message_from_bytes(lus, policy=policy.default)
    resultat = _rapport(courriel) or _ancien_format(lus)
    if resultat is None:
        return None
    return Retour(_jeton(courriel, octets), resultat, hashlib.sha256(octets).hexdigest())


def sans_adresse(texte: str) -> str:
    """A diagnostic on one line, without any e-mail address nor the sign that no database keeps, cut to what is kept."""
    return ADRESSE.sub("[adresse]", " ".join(texte.replace("\0", "").split()))[:LONGUEUR_TEXTE]


def _jeton(courriel: EmailMessage, octets: bytes) -> str:
    """The token of the address it came to, else of our Message-ID in what is sent back."""
    valeurs = [str(v) for nom in ENTETES_DU_DESTINATAIRE for v in courriel.get_all(nom, [])]
    trouves = (JETON.search(valeur) for valeur in [*valeurs, octets.decode("latin-1")])
    return next((t[1].lower() for t in trouves if t), "")


def _rapport(courriel: EmailMessage) -> Resultat | None:
    """The gravest line of a delivery report: one block for the message, one for each recipient."""
    trouves = [r for bloc in _blocs(courriel) if (r := _ligne(bloc)) is not None]
    return min(trouves, key=lambda r: GRAVITE.index(r.issue), default=None)


def _blocs(courriel: EmailMessage) -> Iterator[Message]:
    for partie in courriel.walk():
        if partie.get_content_type() == "message/delivery-status" and partie.is_multipart():
            yield from cast("list[Message]", partie.get_payload())


def _ligne(bloc: Message) -> Resultat | None:
    action = str(bloc.get("Action", "")).strip().lower()
    code = str(bloc.get("Status", "")).split("(")[0].strip()
    if action == "failed":
        issue = Issue.TEMPORAIRE if code.startswith("4") else Issue.PERMANENT
    elif action in {"delayed", "delivered"}:
        issue = Issue.TEMPORAIRE if action == "delayed" else Issue.DELIVRE
    else:  # the block of the message itself; "relayed" and "expanded" promise nothing
        return None
    return Resultat(issue, code[:12], sans_adresse(str(bloc.get("Diagnostic-Code", ""))))


def _ancien_format(octets: bytes) -> Resultat | None:
    temporaires, permanents = all_failures(message_from_bytes(octets))
    if permanents:
        return Resultat(Issue.PERMANENT, texte="Refus reconnu dans un ancien format de retour")
    if temporaires:
        return Resultat(Issue.TEMPORAIRE, texte="Retard reconnu dans un ancien format de retour")
    return None
