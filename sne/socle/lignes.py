"""Rows of a statement of ours, each by the names of its columns."""

from collections.abc import Mapping
from typing import Any

from django.db import connection


def lire_lignes(ordre: str, parametres: Mapping[str, Any], *, sur: Any = connection) -> list[dict[str, Any]]:
    """All of them; ``sur``: the connection that is asked, a replica's or the first."""
    with sur.cursor() as curseur:
        curseur.execute(ordre, parametres)
        noms = [colonne.name for colonne in curseur.description]
        return [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]
