"""Pages that the link of a message opens, in the language of their address, in the frame of the portal."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override

from sne.portail.contexte import Cadre, Traduction
from sne.portail.views.reponses import prive, sans_index
from sne.socle.langues import FRANCAIS, LANGUES, en_langue, langue_de

MOTEUR = "menage"
"""The templates of the portal, in a process that has those of the professionals too."""
LIEN = "lien"
"""Attribute of a request."""


def dans_sa_langue(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a page behind a link: it is said in the language that its address begins with, in French without."""

    @functools.wraps(vue)
    def dite(request: HttpRequest, *args: Any, langue: str = FRANCAIS, **kwargs: Any) -> HttpResponse:
        setattr(request, LIEN, True)
        with override(langue):
            return vue(request, *args, **kwargs)

    return dite


def est_d_un_lien(request: HttpRequest) -> bool:
    """Whether it is for one of these pages."""
    return getattr(request, LIEN, False)


def adresse(nom: str, **valeurs: object) -> str:
    """Of another of these pages, in the language of this one."""
    return reverse(nom, kwargs={**en_langue(_langue()), **valeurs})


def montrer(
    request: HttpRequest, gabarit: str, contexte: Mapping[str, object] | None = None, *, statut: int = 200
) -> HttpResponse:
    """One of these pages, out of search engines."""
    return sans_index(render(request, gabarit, contexte, status=statut, using=MOTEUR))


def ferme(request: HttpRequest, gabarit: str = "portail/lien_ferme.html") -> HttpResponse:
    """The one answer of every link that does nothing, byte for byte: its address is not repeated in it. The telephone
    is that of the whole service.
    """
    contexte = {"telephone": settings.TELEPHONE, "service": Cadre(langue_de(_langue()), (), francaise=False)}
    return prive(montrer(request, gabarit, contexte, statut=410))


def service(request: HttpRequest) -> dict[str, Cadre]:
    """Context processor of their frame: ``{{ service }}``, with the same page in the other languages."""
    liens = _traductions(request) if request.method in {"GET", "HEAD"} else ()
    return {"service": Cadre(langue_de(_langue()), liens, francaise=False)}


def _langue() -> str:
    return get_language() or FRANCAIS


def _traductions(request: HttpRequest) -> tuple[Traduction, ...]:
    ici = request.resolver_match
    if ici is None:
        return ()
    valeurs = {nom: valeur for nom, valeur in ici.kwargs.items() if nom != "langue"}
    return tuple(
        Traduction(
            langue,
            reverse(str(ici.url_name), kwargs={**en_langue(langue.code), **valeurs}),
            langue.code == _langue(),
        )
        for langue in LANGUES
    )
