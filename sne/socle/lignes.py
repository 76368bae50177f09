"""Rows: those of a statement of ours, each by the names of its columns; the one that has to be there."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from sne.socle.erreurs import Introuvable
from sne.socle.replique import connection


def trouver[L](lignes: QuerySet[Any, L], sinon: str) -> L:
    """The first of these. Raises ``Introuvable``, with this sentence, when there is none."""
    ligne = lignes.first()
    if ligne is None:
        raise Introuvable(sinon)
    return ligne


def lire_lignes(ordre: str, parametres: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All of them, read where a reading that starts now goes."""
    with connection.cursor() as curseur:
        curseur.execute(ordre, parametres)
        noms = [colonne.name for colonne in curseur.description]
        return [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]
