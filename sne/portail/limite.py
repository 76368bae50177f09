"""Slows down who asks for too many checks, in the memory of each web process.

Nobody finds a reference by trying: this only stops noise, so it writes nothing to the database.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sne.portail.liens import est_d_un_lien, montrer
from sne.portail.parametres import ParametresPortail
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.debit import Debit, Seaux, reseau_de
from sne.socle.requete import adresse_du_client

_SEAUX = Seaux()
oublier = _SEAUX.oublier


def limiter(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a public view: past the limit, a page that says when to come back (HTTP 429)."""

    @functools.wraps(vue)
    def limitee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        attente = demander(reseau_de(adresse_du_client(request)))
        if not attente:
            return vue(request, *args, **kwargs)
        reponse = _trop(request, {"secondes": attente})
        reponse.headers["Retry-After"] = str(attente)
        return reponse

    return limitee


def _trop(request: HttpRequest, contexte: dict[str, object]) -> HttpResponse:
    """In the frame of the page that was asked for: that of a link, or of its process."""
    if est_d_un_lien(request):
        return montrer(request, "portail/trop.html", contexte | {"gabarit": "portail/lien.html"}, statut=429)
    return render(request, "portail/trop.html", contexte, status=429)


def demander(reseau: str) -> int:
    """Count one check of this network; the whole seconds to wait when it is one too many, else 0."""
    maintenant = horloge.maintenant()
    parametres = get_parametres(horloge.jour(maintenant))[ParametresPortail]
    debit = Debit(parametres.verification_rafale, parametres.verification_secondes)
    return _SEAUX.demander(reseau, debit, instant=maintenant.timestamp())
