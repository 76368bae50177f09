"""What the public pages answer alike: kept private, out of search engines."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def prive(reponse: HttpResponse) -> HttpResponse:
    """Keep the address of the page, which holds a token, from whatever page comes next.

    The origin alone still goes: without it a browser says « null », and the form is refused.
    """
    reponse.headers["Referrer-Policy"] = "strict-origin"
    return sans_index(reponse)


def sans_index(reponse: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines: its address holds a reference."""
    reponse.headers["X-Robots-Tag"] = "noindex, nofollow"
    return reponse


def poser_cookie(reponse: HttpResponse, nom: str, valeur: str, **options: Any) -> None:
    """A cookie of ours, that no script reads and no other site's form sends."""
    reponse.set_cookie(
        nom, valeur, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax", **options
    )


def trop_d_essais(request: HttpRequest, *, codes: bool = False) -> HttpResponse:
    """Past what is counted in the shared table: the same page for everybody; FranceConnect and counters stay open."""
    return render(request, "portail/menage/trop_d_essais.html", {"codes": codes}, status=429)
