"""What an answer by e-mail says: who sent it, by which token, its own words without what it quotes. Pure."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parseaddr
from html import unescape
from typing import cast

import nh3

from sne.notifications.rules import JETON
from sne.textes.rules import masquer_nir

EXPEDITEUR_MAX, OBJET_MAX, TEXTE_MAX = 120, 200, 7_000
LU_MAX = 100_000  # signs read of a body, quotes and marks included: anybody writes one
SUITE = "\n\n[La suite n’est pas gardée.]"
MARQUE = "Répondez au-dessus de cette ligne"
ENTETES = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
EN_MASSE = frozenset({"bulk", "list", "junk", "auto_reply"})
# What mail programs write before what they quote: « Le …, X a écrit : » on one line or two, a rule, a block of headers.
ATTRIBUTION = re.compile(r"(?:> ?)*(?:Le|On) [^\n]{4,160}(?:\n[^\n]{0,160}?)?\s(?:a\s+écrit|wrote)\s*:")
REGLE = re.compile(r"_{10,}|-{4,}[^\n]*-{4,}")
BLOC = re.compile(r"\*?(?:De|From)\s?:[^\n]*\n(?:[^\n]*\n)?\*?(?:Envoyé|Date|Sent|À|To)\s?:")
COUPE = re.compile(rf"^[ \t]*(?:{ATTRIBUTION.pattern}|{REGLE.pattern}|{BLOC.pattern})", re.MULTILINE)
ENVOYE_DEPUIS = re.compile(r"\n(?:Envoyé|Sent) (?:depuis|à partir|de mon|from)[^\n]*$")
SIGNATURE = re.compile(r"\n-- ?\n.*", re.DOTALL)
REFERENCE = re.compile(r"<[^<>\s]+@[^<>\s]+>")  # a Message-ID: « <> » is that of many e-mails
ENTETES_LUS = HeaderRegistry()
# The library's own reader fails on one that is cut; its stubs do not know a mixin.
ENTETES_LUS.map_to_type("message-id", UnstructuredHeader)  # type: ignore[arg-type]
LECTURE = policy.default.clone(header_factory=ENTETES_LUS)


@dataclass(frozen=True, slots=True)
class PieceRecue:
    """A file of an e-mail."""

    nom: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class CourrielLu:
    """An e-mail to the desk. ``jetons``: of the addresses it came to; ``cle``: hash of its Message-ID, else of all of
    it; ``automatique``: no person wrote it.
    """

    expediteur: str
    objet: str
    jetons: tuple[str, ...]
    cle: str
    automatique: bool
    texte: str
    pieces: tuple[PieceRecue, ...]


def lire_courriel(octets: bytes, *, prefixe: str, nous: str) -> CourrielLu | None:
    """``None``: not addressed to the desk (``prefixe`` of the local part). ``nous``: our own sender's address.

    Raises what the library raises on an address that it cannot read.
    """
    courriel = message_from_bytes(octets, policy=LECTURE)
    adresses = [
        a.lower() for _, a in getaddresses([str(v) for e in ENTETES for v in courriel.get_all(e, [])])
    ]
    pour_nous = [a for a in adresses if a.startswith(prefixe)]
    if not pour_nous:
        return None
    jetons = [j[1].lower() for a in pour_nous if (j := JETON.search(a))]
    reference = REFERENCE.fullmatch(str(courriel.get("Message-ID", "")).strip())
    return CourrielLu(
        expediteur=(expediteur := _sans_nul(parseaddr(str(courriel.get("From", "")))[1].lower())),
        objet=str(courriel.get("Subject", "")),
        jetons=tuple(dict.fromkeys(jetons)),
        cle=hashlib.sha256(reference[0].encode("utf-8", "replace") if reference else octets).hexdigest(),
        automatique=_automatique(courriel) or expediteur == nous.lower(),
        texte=sans_citation(_texte(courriel)),
        pieces=tuple(_pieces(courriel)),
    )


def mots_gardes(lu: CourrielLu) -> dict[str, str]:
    """What may be kept of an e-mail that no ticket took: who says to have sent it, its subject, its words, masked.

    Words that are left out are said to be.
    """
    texte = masquer_nir(lu.texte)
    return {
        "expediteur": lu.expediteur[:EXPEDITEUR_MAX],
        "objet": masquer_nir(lu.objet)[:OBJET_MAX],
        "texte": texte[:TEXTE_MAX] + SUITE * (len(texte) > TEXTE_MAX),
    }


def sans_citation(texte: str) -> str:
    """The words of who answers: cut at our own line first, then at what mail programs write before what they quote;
    else those that stand between lines quoted.
    """
    texte = re.sub(r"[\u202f\u00a0]", " ", texte.replace("\r\n", "\n"))
    avant = texte.partition(MARQUE)[0].rstrip(" >—-\n") if MARQUE in texte else texte
    coupe = COUPE.search(avant)
    lu = _sans_signature(avant[: coupe.start()] if coupe else avant)
    return lu or _sans_signature(COUPE.sub("", texte))


def _sans_signature(texte: str) -> str:
    lignes = "\n".join(ligne for ligne in f"\n{texte}".split("\n") if not ligne.lstrip().startswith(">"))
    return ENVOYE_DEPUIS.sub("", SIGNATURE.sub("", lignes).rstrip()).strip()


def _automatique(courriel: EmailMessage) -> bool:
    auto = str(courriel.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    en_masse = str(courriel.get("Precedence", "")).strip().lower() in EN_MASSE
    vide = str(courriel.get("Return-Path", "")).strip() == "<>"
    reponse = "X-Autoreply" in courriel or "X-Autorespond" in courriel
    rapport = courriel.get_content_type() == "multipart/report"
    return auto != "no" or en_masse or vide or reponse or rapport


def _texte(courriel: EmailMessage) -> str:
    corps = courriel.get_body(("plain", "html"))
    if corps is None:
        return ""
    entier = _sans_nul(_decoder(corps))
    lu, suite = entier[:LU_MAX], SUITE * (len(entier) > LU_MAX)
    if corps.get_content_type() == "text/plain":
        return lu + suite
    return unescape(nh3.clean(re.sub(r"(?i)<br\s*/?>|</(?:p|div|tr|li)>", "\n", lu), tags=set())) + suite


def _decoder(corps: MIMEPart) -> str:
    """The words of a part; in UTF-8 where its charset is none."""
    try:
        return str(corps.get_content())
    except LookupError:
        return cast(bytes, corps.get_payload(decode=True)).decode("utf-8", "replace")


def _sans_nul(texte: str) -> str:
    """Without the one sign that the database does not keep."""
    return texte.replace("\0", "")


def _pieces(courriel: EmailMessage) -> Iterator[PieceRecue]:
    for partie in courriel.iter_attachments():
        contenu = partie.get_payload(decode=True)
        if isinstance(contenu, bytes) and partie.get_content_disposition() == "attachment":
            yield PieceRecue(_sans_nul(partie.get_filename() or "") or "pièce", contenu)
