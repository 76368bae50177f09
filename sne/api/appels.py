"""What is written of a call in the log of its agreement: the operation, never a number nor a body."""

import time
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from sne.conventions.actions import AppelFait
from sne.socle.requete import adresse_du_client

OPERATION_MAX = 100
D_UN_DOSSIER = "<nud>"
"""In the pattern of an address: that of a demande is read."""


def est_vain(request: Any, reponse: HttpResponse) -> bool:
    """Whether it named a demande that is not there."""
    absent = reponse.status_code == HTTPStatus.NOT_FOUND and D_UN_DOSSIER in _route(request)
    return absent and not getattr(request, "trouvee", False)


def fait_de(request: Any, reponse: HttpResponse) -> AppelFait:
    """The call that was answered so; ``request.depart``: when it began, as ``perf_counter`` says it."""
    route = _route(request)
    duree = round((time.perf_counter() - request.depart) * 1000)
    lu = request.method == "GET" and D_UN_DOSSIER in route and reponse.status_code == HTTPStatus.OK
    operation = f"{request.method} {route}"[:OPERATION_MAX]
    return AppelFait(
        operation, reponse.status_code, duree, request.correlation, adresse_du_client(request), int(lu)
    )


def _route(request: Any) -> str:
    return request.resolver_match.route if request.resolver_match else ""
