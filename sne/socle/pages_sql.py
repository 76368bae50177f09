"""A page read from its place in an index, never counted from the start."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from sne.socle.pages import DEBUT, Page, Position, paginer


def situer(
    visibles: QuerySet[Any], champ: str, *, apres: uuid.UUID | None, avant: uuid.UUID | None = None
) -> Position:
    """The position of the line that an address names by its key, sorted by ``champ``; the first page when it is none of
    ``visibles``.
    """
    rang = apres or avant
    cle = visibles.filter(id=rang).values_list(champ, flat=True).first() if rang else None
    return DEBUT if cle is None else Position(cle, rang, en_arriere=not apres)


def lire_page[M: models.Model](
    lignes: QuerySet[M], position: Position, *, ordre: tuple[str, str], par_page: int
) -> Page[M]:
    """A page of lines in the order of these two columns, the second one being a key."""
    cle, rang = (colonne.removeprefix("-") for colonne in ordre)
    return paginer(
        list(ordonner(lignes, position, ordre=ordre)[: par_page + 1]),
        position,
        par_page=par_page,
        repere=lambda x: Position(getattr(x, cle), getattr(x, rang)),
    )


def ordonner[M: models.Model](
    lignes: QuerySet[M], position: Position, *, ordre: tuple[str, str]
) -> QuerySet[M]:
    """Lines after or before a position, the nearest first."""
    sens = tuple(_inverser(c) for c in ordre) if position.en_arriere else ordre
    if position:
        lignes = lignes.filter(au_dela(sens, (position.cle, position.rang)))
    return lignes.order_by(*sens)


def _inverser(colonne: str) -> str:
    return colonne[1:] if colonne.startswith("-") else f"-{colonne}"


def au_dela(ordre: Sequence[str], valeurs: Sequence[Any]) -> Q:
    """Lines that come after these values in this order.

    The first column is bounded by itself too: it lets an index find the place, where every line before would be read.
    """
    colonne, compare = ordre[0].removeprefix("-"), "lt" if ordre[0].startswith("-") else "gt"
    apres = Q(**{f"{colonne}__{compare}": valeurs[0]})
    if len(ordre) == 1:
        return apres
    egales = Q(**{colonne: valeurs[0]}) & au_dela(ordre[1:], valeurs[1:])
    return Q(**{f"{colonne}__{compare}e": valeurs[0]}) & (apres | egales)
