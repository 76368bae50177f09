"""Slows down who asks for too many checks, in the memory of each web process.

Nobody finds a reference by trying: this only stops noise, so it writes nothing to the database.
"""

import functools
import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sne.portail.liens import est_d_un_lien, montrer
from sne.portail.parametres import ParametresPortail
from sne.portail.rules import Debit, Seau, puiser, reseau_de
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.requete import adresse_du_client

ADRESSES_MAX = 10_000  # beyond, the address not seen for the longest time is forgotten

_verrou = threading.Lock()
_seaux: OrderedDict[str, Seau] = OrderedDict()


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
    parametres = get_parametres(horloge.jour(maintenant))
    debit = Debit(
        parametres[ParametresPortail].verification_rafale, parametres[ParametresPortail].verification_secondes
    )
    with _verrou:
        _seaux[reseau], attente = puiser(_seaux.get(reseau), maintenant.timestamp(), debit)
        _seaux.move_to_end(reseau)
        if len(_seaux) > ADRESSES_MAX:
            _seaux.popitem(last=False)
    return math.ceil(attente)


def oublier() -> None:
    """Forget every count."""
    with _verrou:
        _seaux.clear()
