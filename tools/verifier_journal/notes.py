"""Notes signées (C2SP « signed-note », Ed25519) : clés qui se suivent, jalons."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from verifier_journal.empreintes import Illisible, sha256


@dataclass(frozen=True)
class Cle:
    """Une clé publique, et le dernier jalon qu’elle ne signe pas encore."""

    nom: str
    octets: bytes
    apres_le_jalon: int = 0

    @classmethod
    def lire(cls, texte: str, apres_le_jalon: int = 0) -> "Cle":
        nom, _, reste = texte.strip().partition("+")
        empreinte, _, cle = reste.partition("+")
        try:
            octets = base64.b64decode(cle, validate=True)
        except ValueError as exc:
            raise Illisible("La clé publique est mal recopiée.") from exc
        lue = cls(nom, octets[1:], apres_le_jalon)
        if octets[:1] != b"\x01" or len(octets) != 33 or lue.empreinte.hex() != empreinte:
            raise Illisible("La clé publique est mal recopiée.")
        return lue

    @property
    def empreinte(self) -> bytes:
        return sha256(self.nom.encode(), b"\n\x01", self.octets)[:4]

    def a_signe(self, note: str) -> bool:
        texte, lignes = couper(note)
        for ligne in lignes:
            nom, _, signature = ligne.removeprefix("— ").partition(" ")
            octets = base64.b64decode(signature)
            if nom == self.nom and octets[:4] == self.empreinte:
                try:
                    Ed25519PublicKey.from_public_bytes(self.octets).verify(octets[4:], texte.encode())
                except InvalidSignature:
                    return False
                return True
        return False


def couper(note: str) -> tuple[str, list[str]]:
    """Le texte signé et les lignes de signature."""
    texte, separateur, signatures = note.rpartition("\n\n")
    if not separateur:
        raise Illisible("Une note n’est pas signée.")
    return texte + "\n", signatures.splitlines()


def champs(note: str) -> dict[str, str]:
    """Les lignes « nom valeur » d’une note, après la première."""
    return {nom: valeur for nom, _, valeur in (x.partition(" ") for x in couper(note)[0].splitlines()[1:])}


@dataclass(frozen=True)
class Jalon:
    """Ce qu’un jalon atteste."""

    numero: int
    scellement: int
    entrees: int
    racine: bytes
    chaine: bytes
    note: str
    recu: bool = False  # par un témoin, hors de l’export
    ecarte: bool = False  # faux, dit le propriétaire de la base

    @classmethod
    def lire(cls, note: str, *, recu: bool = False, ecarte: bool = False) -> "Jalon":
        try:
            _, scellement, racine, *_ = couper(note)[0].splitlines()
            lus = champs(note)
            decoder = base64.b64decode
            numero, entrees, chaine = int(lus["jalon"]), int(lus["entrees"]), decoder(lus["chaine"])
            return cls(numero, int(scellement), entrees, decoder(racine), chaine, note, recu, ecarte)
        except (KeyError, ValueError) as exc:
            raise Illisible("Un jalon est illisible.") from exc


def cles_de_confiance(notes: Sequence[str], racine: Cle) -> list[Cle]:
    """La clé donnée, puis celles qui la suivent, chacune mise en service par la signature de la précédente."""
    cles: list[Cle] = []
    for note in notes:
        lignes, lus = couper(note)[0].splitlines(), champs(note)
        cle = Cle.lire(lignes[2], int(lus["apres-le-jalon"]))
        if not cle.a_signe(note):
            raise Illisible("Une clé n’a pas signé sa propre mise en service.")
        if cles and not cles[-1].a_signe(note):
            raise Illisible("Une clé n’a pas été mise en service par la précédente.")
        if cles or (cle.nom, cle.octets) == (racine.nom, racine.octets):
            cles.append(cle)
    if not cles:
        raise Illisible("La clé donnée par --cle n’est pas une de celles du journal.")
    return cles


def is_signe(note: str, jalon: int, cles: Sequence[Cle]) -> bool | None:
    """Signé par la clé en service pour ce jalon ; ``None`` quand elle est plus ancienne que la clé de confiance."""
    if jalon <= cles[0].apres_le_jalon:
        return None
    en_service = [c for c in cles if c.apres_le_jalon < jalon]
    return en_service[-1].a_signe(note)
