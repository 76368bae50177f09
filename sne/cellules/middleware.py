"""Each page of a counter is served from the cell of its demande or, without one, of the territory one acts for."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.urls import Resolver404, resolve

from sne.cellules.reponses import poursuivre
from sne.cellules.routage import ANNUAIRE, cellule_de, dans, du_territoire, plusieurs

DU_TERRITOIRE = "sne.guichet."
A_L_ANNUAIRE = (
    "sne.guichet.conventions.",
    "sne.guichet.infocentre.",
    "sne.guichet.reglages.",
)  # agreements, reports and parameters are of the nation


class CelluleMiddleware:
    """Last of all: sessions and rights are read before it, and written after it, in the directory."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        if not plusieurs():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        with dans(self._cellule(request)):
            return poursuivre(self.get_response(request))

    @staticmethod
    def _cellule(request: Any) -> str:
        if request.acteur is None:
            return ANNUAIRE
        try:
            page = resolve(request.path_info)
        except Resolver404:
            return ANNUAIRE
        vue = page.func.__module__
        if not vue.startswith(DU_TERRITOIRE) or vue.startswith(A_L_ANNUAIRE):
            return ANNUAIRE
        nud = str(page.kwargs.get("nud", ""))
        return du_territoire(nud) if nud else cellule_de(request.acteur.territoire)
