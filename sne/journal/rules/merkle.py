"""Trees of hashes in the manner of RFC 6962: roots, inclusion and consistency proofs. Pure.

A tree is known by its ``Sommet``: a function that gives the root of the leaves ``[debut, fin)``. Code that holds all
the leaves takes :func:`sommet_de`; code that reads a database answers from what it stored of the lower levels.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

Sommet = Callable[[int, int], bytes]


def hacher_feuille(donnees: bytes) -> bytes:
    """Hash of a leaf; the prefix keeps a leaf from passing for a node."""
    return sha256(b"\x00" + donnees).digest()


def hacher_noeud(gauche: bytes, droite: bytes) -> bytes:
    """Hash of two nodes."""
    return sha256(b"\x01" + gauche + droite).digest()


def racine(noeuds: Sequence[bytes]) -> bytes:
    """Root over nodes of one level (leaves, or whole subtrees of one size; the last may be smaller)."""
    niveau = list(noeuds)
    if not niveau:
        return sha256(b"").digest()
    while len(niveau) > 1:
        paires = [hacher_noeud(g, d) for g, d in zip(niveau[::2], niveau[1::2], strict=False)]
        niveau = paires + niveau[len(niveau) - len(niveau) % 2 :]
    return niveau[0]


def sommet_de(feuilles: Sequence[bytes]) -> Sommet:
    """The tree of these hashed leaves."""
    return lambda debut, fin: racine(feuilles[debut:fin])


def coupe(nombre: int) -> int:
    """The largest power of two below ``nombre`` (two or more): where RFC 6962 cuts a tree."""
    return 1 << ((nombre - 1).bit_length() - 1)


def chemin_inclusion(rang: int, nombre: int, sommet: Sommet) -> list[bytes]:
    """Nodes that lead from the leaf ``rang`` (from 0) to the root of the first ``nombre`` leaves (RFC 6962 §2.1.1)."""
    if not 0 <= rang < nombre:
        raise ValueError("the leaf is not in the tree")
    chemin: list[bytes] = []
    debut, fin = 0, nombre
    while fin - debut > 1:
        milieu = debut + coupe(fin - debut)
        if rang < milieu:
            chemin.append(sommet(milieu, fin))
            fin = milieu
        else:
            chemin.append(sommet(debut, milieu))
            debut = milieu
    return chemin[::-1]


def chemin_coherence(avant: int, apres: int, sommet: Sommet) -> list[bytes]:
    """Nodes that show that the tree of ``apres`` leaves begins with that of ``avant`` (RFC 6962 §2.1.2)."""
    if not 0 < avant <= apres:
        raise ValueError("the earlier tree is not the smaller one")
    chemin: list[bytes] = []
    debut, fin, entier = 0, apres, True
    while avant != fin:
        milieu = debut + coupe(fin - debut)
        if avant <= milieu:
            chemin.append(sommet(milieu, fin))
            fin = milieu
        else:
            chemin.append(sommet(debut, milieu))
            debut, entier = milieu, False
    return chemin[::-1] if entier else [sommet(debut, fin), *chemin[::-1]]


class Cretes:
    """A tree that grows: the roots of its whole subtrees, enough to go on without reading what is behind."""

    def __init__(self, nombre: int = 0, cretes: Sequence[bytes] = ()) -> None:
        if len(cretes) != nombre.bit_count():
            raise ValueError("as many roots as bits in the number of leaves")
        self.nombre = nombre
        self._cretes = list(cretes)

    def ajouter(self, feuille: bytes) -> None:
        """Add one hashed leaf."""
        noeud, reste = feuille, self.nombre
        while reste & 1:
            noeud, reste = hacher_noeud(self._cretes.pop(), noeud), reste >> 1
        self._cretes.append(noeud)
        self.nombre += 1

    def racine(self) -> bytes:
        """Root of what was added so far."""
        if not self._cretes:
            return racine([])
        *gauches, noeud = self._cretes
        for gauche in reversed(gauches):
            noeud = hacher_noeud(gauche, noeud)
        return noeud
