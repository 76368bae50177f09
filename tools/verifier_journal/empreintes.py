"""Empreintes et arbres, à la manière de RFC 6962 : racines, chemins d’inclusion et de cohérence."""

import hashlib
from collections.abc import Iterable, Sequence


class Illisible(Exception):
    """Ce qui est donné n’est pas ce qui est attendu ; le message est une phrase."""


def sha256(*morceaux: bytes) -> bytes:
    return hashlib.sha256(b"".join(morceaux)).digest()


def feuille_de(donnees: bytes) -> bytes:
    return sha256(b"\x00", donnees)


def noeud_de(gauche: bytes, droite: bytes) -> bytes:
    return sha256(b"\x01", gauche, droite)


def racine_de(feuilles: Sequence[bytes]) -> bytes:
    niveau = list(feuilles)
    if not niveau:
        return sha256()
    while len(niveau) > 1:
        paires = [noeud_de(g, d) for g, d in zip(niveau[::2], niveau[1::2], strict=False)]
        niveau = paires + niveau[len(niveau) - len(niveau) % 2 :]
    return niveau[0]


def racine_par_chemin(feuille: bytes, rang: int, nombre: int, chemin: Iterable[str]) -> bytes:
    """La racine que donne ce chemin (RFC 9162, § 2.1.3.2)."""
    index, dernier, noeud = rang, nombre - 1, feuille
    for voisin in map(bytes.fromhex, chemin):
        if not dernier:
            raise Illisible("Le chemin de la preuve est trop long.")
        if index & 1 or index == dernier:
            noeud = noeud_de(voisin, noeud)
            while index and not index & 1:
                index, dernier = index >> 1, dernier >> 1
        else:
            noeud = noeud_de(noeud, voisin)
        index, dernier = index >> 1, dernier >> 1
    if dernier or not 0 <= rang < nombre:
        raise Illisible("Le chemin de la preuve est trop court.")
    return noeud


def racines_par_chemin(avant: int, apres: int, racine: bytes, chemin: list[str]) -> tuple[bytes, bytes]:
    """Les deux racines que donne un chemin de cohérence (RFC 9162, § 2.1.4.2) ; ``racine`` : celle d’avant."""
    noeuds = [bytes.fromhex(n) for n in chemin]
    if not avant & (avant - 1):
        noeuds.insert(0, racine)
    if not noeuds:
        raise Illisible("Le chemin de la preuve est vide.")
    index, dernier = avant - 1, apres - 1
    while index & 1:
        index, dernier = index >> 1, dernier >> 1
    ancienne = nouvelle = noeuds[0]
    for voisin in noeuds[1:]:
        if index & 1 or index == dernier:
            ancienne, nouvelle = noeud_de(voisin, ancienne), noeud_de(voisin, nouvelle)
            while index and not index & 1:
                index, dernier = index >> 1, dernier >> 1
        else:
            nouvelle = noeud_de(nouvelle, voisin)
        index, dernier = index >> 1, dernier >> 1
    return (ancienne, nouvelle) if not dernier else (b"", b"")


class Arbre:
    """Un arbre qui grandit : les racines de ses sous-arbres entiers."""

    def __init__(self, nombre: int, cretes: Iterable[bytes]) -> None:
        self.nombre, self.cretes = nombre, list(cretes)

    def ajouter(self, feuille: bytes) -> None:
        noeud, reste = feuille, self.nombre
        while reste & 1:
            noeud, reste = noeud_de(self.cretes.pop(), noeud), reste >> 1
        self.cretes.append(noeud)
        self.nombre += 1

    def racine(self) -> bytes:
        noeud = self.cretes[-1] if self.cretes else sha256()
        for gauche in reversed(self.cretes[:-1]):
            noeud = noeud_de(gauche, noeud)
        return noeud
