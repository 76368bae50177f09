"""Rows: those of a statement of ours, each by the names of its columns; the one that has to be there, or may not."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.replique import connection


def trouver[L](lignes: QuerySet[Any, L], sinon: str) -> L:
    """The first of these. Raises ``Introuvable``, with this sentence, when there is none."""
    ligne = lignes.first()
    if ligne is None:
        raise Introuvable(sinon)
    return ligne


@contextmanager
def sans_double(phrase: str, *, champ: str = "") -> Iterator[None]:
    """What the block writes may be there already: the database says so, even of two acts at once.

    Raises ``Interdit``, with this sentence; what the transaction wrote before the block stays.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as exc:
        if not isinstance(exc.__cause__, psycopg.errors.UniqueViolation):
            raise
        raise Interdit(phrase, champ=champ) from exc


def lire_lignes(ordre: str, parametres: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All of them, read where a reading that starts now goes."""
    with connection.cursor() as curseur:
        curseur.execute(ordre, parametres)
        noms = [colonne.name for colonne in curseur.description]
        return [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]
