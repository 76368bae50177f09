"""What a request says about where it comes from, once trusted proxies are taken into account."""

import ipaddress
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict

from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import maintenant


def adresse_du_client(request: HttpRequest) -> str:
    """Network address of the person, empty when it is not known (a Unix socket).

    ``PROXYS`` says how many reverse proxies stand before us: each appends one address to ``X-Forwarded-For``, so the
    address wanted is that many from the end. What lies further left was written by the client, and is not believed.
    """
    candidate = request.META.get("REMOTE_ADDR", "")
    if settings.PROXYS:
        transmises = request.headers.get("X-Forwarded-For", "").split(",")
        candidate = transmises[-settings.PROXYS] if len(transmises) >= settings.PROXYS else ""
    try:
        return str(ipaddress.ip_address(candidate.strip()))
    except ValueError:
        return ""


class RequeteHabilitee(HttpRequest):
    """The request of a signed-in professional, once the middleware has said who acts."""

    acteur: Acteur


def acte_de(request: RequeteHabilitee) -> Acte:
    """Who acts, now."""
    return Acte(request.acteur, maintenant())


def saisi_de(request: HttpRequest) -> QueryDict | None:
    """What was sent, empty too; nothing when the page is only opened."""
    return request.POST if request.method == "POST" else None


def envoi_de(request: HttpRequest) -> tuple[Any, Any]:
    """The same, and the files that came with it: both first arguments of a form."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def longueur_annoncee(request: HttpRequest) -> int:
    """Bytes of the body, as its header says; Django reads no more of them, and nothing of a body that says none."""
    texte = request.META.get("CONTENT_LENGTH") or "0"
    return int(texte) if texte.isdecimal() else 0


def page_demandee(request: HttpRequest) -> int:
    """The page that an address asks for, from 1; the first one for anything else."""
    lu = request.GET.get("page", "")
    return max(int(lu), 1) if lu.isdecimal() and len(lu) < 5 else 1


def identifiant(texte: str) -> uuid.UUID | None:
    """An identifier of an address; ``None`` for anything else."""
    try:
        return uuid.UUID(texte)
    except ValueError:
        return None
