"""Rows of a statement of ours, each by the names of its columns."""

from collections.abc import Mapping
from typing import Any

from sne.socle.replique import connection


def lire_lignes(ordre: str, parametres: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All of them, read where a reading that starts now goes."""
    with connection.cursor() as curseur:
        curseur.execute(ordre, parametres)
        noms = [colonne.name for colonne in curseur.description]
        return [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]
