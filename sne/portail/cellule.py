"""Each page of a household is served from the cell of what its address names: a number, a territory, or a key that is
looked for. Where it names nothing, the page asks each cell.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.urls import Resolver404, resolve

from sne.cellules.reponses import poursuivre
from sne.cellules.routage import ANNUAIRE, cellule_de, cellule_ou, dans, du_territoire, plusieurs
from sne.documents.selectors import has_televersement
from sne.registre.mandat.selectors.mandats import has_mandat

LIEUX: Mapping[str, Callable[[Any], str]] = {
    "nud": du_territoire,
    "territoire": cellule_de,
    "cle": lambda cle: cellule_ou(lambda: has_televersement(cle)),
    "mandat": lambda mandat: cellule_ou(lambda: has_mandat(mandat)),
}
"""Arguments of addresses, the first that is there says where."""


class CelluleDuMenageMiddleware:
    """Last of all: the session is read before it in the directory, where accounts are."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        if not plusieurs():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        with dans(cellule_de_la_page(request)):
            return poursuivre(self.get_response(request))


def cellule_de_la_page(request: Any) -> str:
    """The directory for a page of nobody's, and for whoever has not signed in."""
    if request.visiteur is None:
        return ANNUAIRE
    try:
        arguments = resolve(request.path_info).kwargs
    except Resolver404:
        return ANNUAIRE
    return next((lieu(arguments[nom]) for nom, lieu in LIEUX.items() if nom in arguments), ANNUAIRE)
