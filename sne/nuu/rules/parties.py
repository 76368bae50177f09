"""A MIME message in parts (MTOM): split what is received, join what is answered. Pure.

Parts are found by their Content-ID, whatever their order; a message of one part is the envelope itself.
"""

import base64
import binascii
import quopri
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from sne.nuu.rules.xml import Limites, MessageIllisible
from sne.socle.signes import INSECABLE

RACINE_XOP = "application/xop+xml"


@dataclass(frozen=True, slots=True)
class Partie:
    """One part, its transfer encoding undone. ``entetes``: by lower-case name."""

    entetes: Mapping[str, str]
    octets: bytes

    @property
    def identifiant(self) -> str:
        return sans_chevrons(self.entetes.get("content-id", ""))


@dataclass(frozen=True, slots=True)
class Recu:
    """The envelope, and the other parts by Content-ID. ``action``: what the headers say, asked by one service only."""

    enveloppe: bytes
    parties: Mapping[str, bytes]
    action: str = ""


@dataclass(frozen=True, slots=True)
class Jointe:
    """A part of the answer. ``lisible``: text that clients read as it is; else base64, for they decode all as UTF-8."""

    identifiant: str
    type_mime: str
    octets: bytes
    lisible: bool = True


def sans_chevrons(identifiant: str) -> str:
    return identifiant.strip().removeprefix("<").removesuffix(">").strip()


def reference(href: str) -> str:
    """Content-ID that ``cid:…`` names; some senders escape its ``@``."""
    return unquote(href.strip().removeprefix("cid:"))


def nouvel_identifiant() -> str:
    """A Content-ID drawn at random: named after its element, it would be found before the file by a known client."""
    return f"{secrets.token_hex(16)}@sne"


def decouper(corps: bytes, type_mime: str, limites: Limites, *, action: str = "") -> Recu:
    """The envelope and the parts of a request. Raises ``MessageIllisible``."""
    if len(corps) > limites.message_octets:
        raise MessageIllisible(f"Le message dépasse {limites.message_octets} octets.")
    genre, options = parse_options_header(type_mime)
    dit = {cle.decode("latin-1").lower(): valeur.decode("latin-1") for cle, valeur in options.items()}
    action = dit.get("action", "") or action
    if genre.lower() != b"multipart/related":
        return Recu(corps, {}, action)
    parties = _parties(corps, dit.get("boundary", "").encode("latin-1"), limites)
    debut = sans_chevrons(dit.get("start", ""))
    racine = next((p for p in parties if debut and p.identifiant == debut), None) or (
        parties[0] if parties else None
    )
    if racine is None:
        raise MessageIllisible("Le message ne compte aucune partie.")
    interne = (
        parse_options_header(racine.entetes.get("content-type", ""))[1].get(b"action", b"").decode("latin-1")
    )
    autres = {p.identifiant: p.octets for p in parties if p is not racine and p.identifiant}
    return Recu(racine.octets, autres, action or interne)


@dataclass(slots=True)
class _Lecture:
    """What the splitter tells, call after call."""

    limites: Limites
    entetes: dict[str, str] = field(default_factory=dict)
    nom: bytearray = field(default_factory=bytearray)
    valeur: bytearray = field(default_factory=bytearray)
    octets: bytearray = field(default_factory=bytearray)
    poids: int = 0
    parties: list[Partie] = field(default_factory=list)
    finie: bool = False

    def debut_partie(self) -> None:
        if len(self.parties) >= self.limites.parties:
            raise MessageIllisible(f"Le message compte plus de {self.limites.parties} parties.")
        self.entetes, self.octets, self.poids = {}, bytearray(), 0

    def nom_entete(self, octets: bytes, debut: int, fin: int) -> None:
        self._ajouter(self.nom, octets[debut:fin])

    def valeur_entete(self, octets: bytes, debut: int, fin: int) -> None:
        self._ajouter(self.valeur, octets[debut:fin])

    def _ajouter(self, cible: bytearray, octets: bytes) -> None:
        self.poids += len(octets)
        if self.poids > self.limites.entetes_octets:
            raise MessageIllisible(
                f"Les en-têtes d’une partie dépassent {self.limites.entetes_octets} octets."
            )
        cible += octets

    def fin_entete(self) -> None:
        self.entetes[self.nom.decode("latin-1").strip().lower()] = self.valeur.decode("latin-1").strip()
        self.nom, self.valeur = bytearray(), bytearray()

    def contenu(self, octets: bytes, debut: int, fin: int) -> None:
        self.octets += octets[debut:fin]

    def fin_partie(self) -> None:
        codage = self.entetes.get("content-transfer-encoding", "").lower()
        self.parties.append(Partie(dict(self.entetes), _decoder(bytes(self.octets), codage)))

    def fin(self) -> None:
        self.finie = True


def _parties(corps: bytes, frontiere: bytes, limites: Limites) -> list[Partie]:
    lecture = _Lecture(limites)
    try:
        lecteur = MultipartParser(
            frontiere,
            {
                "on_part_begin": lecture.debut_partie,
                "on_header_field": lecture.nom_entete,
                "on_header_value": lecture.valeur_entete,
                "on_header_end": lecture.fin_entete,
                "on_part_data": lecture.contenu,
                "on_part_end": lecture.fin_partie,
                "on_end": lecture.fin,
            },
        )
        debut = corps.find(b"--" + frontiere) if frontiere else -1
        if debut < 0:
            raise MessageIllisible("Le message n’a pas la frontière que son en-tête annonce.")
        lecteur.write(corps[debut:])
        lecteur.finalize()
    except (MultipartParseError, ValueError) as erreur:
        raise MessageIllisible(
            f"Le message en plusieurs parties est mal formé{INSECABLE}: corrigez-le."
        ) from erreur
    if not lecture.finie:
        raise MessageIllisible("Le message en plusieurs parties est incomplet.")
    return lecture.parties


def _decoder(octets: bytes, codage: str) -> bytes:
    if codage == "base64":
        return depuis_base64(octets)
    if codage == "quoted-printable":
        return quopri.decodestring(octets)
    return octets


def depuis_base64(octets: bytes) -> bytes:
    """Undo base64, white space allowed. Raises ``MessageIllisible``."""
    try:
        return base64.b64decode(b"".join(octets.split()), validate=True)
    except binascii.Error:
        raise MessageIllisible("Une partie du message n’est pas du base64.") from None


def assembler(enveloppe: str, jointes: Iterable[Jointe]) -> tuple[str, bytes]:
    """Content-Type and body of an answer in parts."""
    frontiere, racine = f"uuid_{secrets.token_hex(16)}", nouvel_identifiant()
    premiere = Jointe(
        racine, f'{RACINE_XOP}; charset=UTF-8; type="application/soap+xml"', enveloppe.encode("utf-8")
    )
    morceaux = [_partie(frontiere, jointe) for jointe in (premiere, *jointes)]
    corps = b"".join(morceaux) + f"--{frontiere}--\r\n".encode("ascii")
    entete = (
        f'multipart/related; type="{RACINE_XOP}"; start="<{racine}>"; start-info="application/soap+xml"; '
        f'boundary="{frontiere}"'
    )
    return entete, corps


def _partie(frontiere: str, jointe: Jointe) -> bytes:
    codage = "8bit" if jointe.lisible else "base64"
    entetes = (
        f"--{frontiere}\r\nContent-Type: {jointe.type_mime}\r\n"
        f"Content-Transfer-Encoding: {codage}\r\nContent-ID: <{jointe.identifiant}>\r\n\r\n"
    )
    octets = jointe.octets if jointe.lisible else base64.encodebytes(jointe.octets).replace(b"\n", b"\r\n")
    return entetes.encode("ascii") + octets + b"\r\n"
