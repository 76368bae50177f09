"""A page of a list by instant, then key: read from a place in an index, never counted from the start."""

from collections.abc import Callable

from django.db import models
from django.db.models import F, Q, QuerySet

from sne.attestations.rules import Page, Position, paginer

PAR_PAGE = 50


def lire_page[M: models.Model, T](
    lignes: QuerySet[M],
    position: Position,
    *,
    recentes_d_abord: bool,
    ligne: Callable[[M], T],
    cle: str = "id",
) -> Page[T]:
    """Lines after or before a position, and the positions of the pages around.

    The condition on the instant alone lets the index find the place; without it, every line before the place would be
    read.
    """
    descendant = recentes_d_abord != position.en_arriere
    if position.instant is not None:
        sens = "lt" if descendant else "gt"
        suivantes = Q(**{f"survenu_le__{sens}": position.instant})
        memes = Q(**{f"{cle}__{sens}": position.cle})
        lignes = lignes.filter(suivantes | memes, **{f"survenu_le__{sens}e": position.instant})
    ordre = [F("survenu_le").desc(), F(cle).desc()] if descendant else [F("survenu_le"), F(cle)]
    return paginer(
        list(lignes.order_by(*ordre)[: PAR_PAGE + 1]),
        position,
        par_page=PAR_PAGE,
        repere=lambda x: (getattr(x, "survenu_le"), getattr(x, cle)),  # noqa: B009 - any model with these columns
        ligne=ligne,
    )
