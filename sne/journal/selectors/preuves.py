"""Proofs: an entry under a checkpoint, a checkpoint before another; each as the document that is handed over."""

import uuid
from typing import Any

from sne.journal.models import Cle, Jalon
from sne.journal.rules.merkle import (
    Sommet,
    chemin_coherence,
    chemin_inclusion,
    hacher_feuille,
    racine,
    sommet_de,
)
from sne.socle.replique import connection

FORMAT_INCLUSION = "sne-journal-inclusion/1"
FORMAT_COHERENCE = "sne-journal-coherence/1"
TUILE = 256

POSITION = """
SELECT p.scellement, p.rang, CASE WHEN e.id IS NOT NULL THEN journal_canonique(e) END
FROM journal_position p LEFT JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
WHERE p.entree = %s
"""
SCELLEMENT = (
    "SELECT precedent, racine, nombre, journal_maillon_texte(s) FROM journal_scellement s WHERE numero = %s"
)


def sommet_des_scellements() -> Sommet:
    """The tree over the hashes of the seals, read from the stored roots of whole groups of 256."""

    def sommet(debut: int, fin: int) -> bytes:
        niveau, taille = 0, 1
        while taille * TUILE <= fin - debut:
            niveau, taille = niveau + 1, taille * TUILE
        nombre = (fin - debut) // taille
        noeuds = _noeuds(niveau, debut // taille, nombre)
        suite = debut + nombre * taille
        return racine([*noeuds, sommet(suite, fin)] if suite < fin else noeuds)

    return sommet


def _noeuds(niveau: int, de: int, nombre: int) -> list[bytes]:
    with connection.cursor() as curseur:
        if niveau:
            curseur.execute(
                "SELECT empreinte FROM journal_tuile "
                "WHERE niveau = %s AND indice >= %s AND indice < %s ORDER BY indice",
                [niveau, de, de + nombre],
            )
            lus = [bytes(ligne[0]) for ligne in curseur.fetchall()]
        else:
            curseur.execute(
                "SELECT empreinte FROM journal_scellement WHERE numero > %s AND numero <= %s ORDER BY numero",
                [de, de + nombre],
            )
            lus = [hacher_feuille(bytes(ligne[0])) for ligne in curseur.fetchall()]
    if len(lus) != nombre:
        raise LookupError(f"{nombre - len(lus)} nodes of level {niveau} are missing from {de} on")
    return lus


def get_dernier_jalon() -> Jalon | None:
    """The newest checkpoint that was not set aside."""
    return Jalon.objects.filter(ecarte=None).order_by("-numero").first()


def get_inclusion(entree_id: uuid.UUID) -> dict[str, Any] | None:
    """What proves an entry, without any erasable value; ``None`` while no checkpoint covers it.

    ``canonique`` is ``None`` when the entry itself was taken away at the end of its retention.
    """
    with connection.cursor() as curseur:
        curseur.execute(POSITION, [entree_id])
        position = curseur.fetchone()
        if position is None:
            return None
        scellement, rang, canonique = position
        jalon = Jalon.objects.filter(ecarte=None, scellement__gte=scellement).order_by("scellement").first()
        if jalon is None:
            return None
        curseur.execute(SCELLEMENT, [scellement])
        precedent, racine_du_sceau, nombre, texte = curseur.fetchone()
        curseur.execute(
            "SELECT empreinte FROM journal_position WHERE scellement = %s ORDER BY rang", [scellement]
        )
        feuilles = [bytes(ligne[0]) for ligne in curseur.fetchall()]
    return {
        "format": FORMAT_INCLUSION,
        "entree": str(entree_id),
        "canonique": canonique,
        "feuille": feuilles[rang - 1].hex(),
        "rang": rang,
        "chemin": _hex(chemin_inclusion(rang - 1, nombre, sommet_de(feuilles))),
        "scellement": {
            "numero": scellement,
            "nombre": nombre,
            "precedent": bytes(precedent).hex(),
            "racine": bytes(racine_du_sceau).hex(),
            "texte": texte,
        },
        "chemin_des_scellements": _hex(
            chemin_inclusion(scellement - 1, jalon.scellement, sommet_des_scellements())
        ),
        "jalon": jalon.note,
        "cles": list_cles(),
    }


def get_coherence(avant: int, apres: int) -> dict[str, Any] | None:
    """What proves that the journal of one checkpoint begins with that of an earlier one; ``None`` without them."""
    jalons = Jalon.objects.filter(ecarte=None).in_bulk([avant, apres])
    if {avant, apres} - set(jalons) or avant > apres:
        return None
    de, a = jalons[avant], jalons[apres]
    return {
        "format": FORMAT_COHERENCE,
        "avant": de.note,
        "apres": a.note,
        "chemin": _hex(chemin_coherence(de.scellement, a.scellement, sommet_des_scellements())),
        "cles": list_cles(),
    }


def list_cles() -> list[str]:
    """The notes by which keys follow each other, the first one first."""
    return list(Cle.objects.order_by("numero").values_list("note", flat=True))


def _hex(chemin: list[bytes]) -> list[str]:
    return [noeud.hex() for noeud in chemin]
