"""A page that answers a form is shown at an address of its own: Back, reload and a new tab find it again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.shortcuts import redirect
from django.template.loader import render_to_string

from sne.habilitations.envois import oublier_envoi
from sne.habilitations.sessions import garder, oublier, relire

PARAMETRE = "revoir"
PREMIER_REFUS = 400  # what was sent again and refused stays where it was kept
DERNIER_STATUT = 499  # a failure is shown where it happens: there is nothing to go back to
MESSAGES = b"<!-- messages -->"  # where the frame of a page says what has just happened
PLUS_GARDEE = (
    "La page que vous vouliez revoir a été corrigée depuis, ou n’est plus gardée. "
    "Voici cette page telle qu’elle est maintenant."
)


class RevoirMiddleware:
    """Keeps the page made by a form that was posted, and sends the browser to see it (``?revoir=<token>``).

    The page is kept as it was made, encrypted, for the session: it is never computed again, so that seeing it writes
    nothing. It serves the person to whom it was sent, at the same address, in the same place and with the same roles.
    A form kept when its session ended (``envois``) is sent again under its token, and forgotten once a page takes it.
    Once the form is accepted it is forgotten: Back then shows the page as it now is. Public pages and what no browser
    navigates to are left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.revoir, request.revoyable = _retirer_le_jeton(request), False
        reponse = self.get_response(request)
        if request.method != "POST" or not request.revoyable:
            return reponse
        if request.revoir and reponse.status_code < PREMIER_REFUS:
            oublier_envoi(request.acteur.id, request.revoir)
        if _est_une_page(reponse):
            return _garder(request, reponse)
        if isinstance(reponse, HttpResponseRedirectBase) and request.revoir not in reponse.url:
            oublier(request.session, request.revoir)
        return reponse

    def process_view(self, request: Any, vue: Callable[..., Any], *_: Any) -> HttpResponseBase | None:
        """Show the page kept, to somebody signed in."""
        protegee = request.acteur is not None and getattr(vue, "login_required", True)
        request.revoyable = protegee and "text/html" in request.headers.get("Accept", "")
        if not (protegee and request.revoir and request.method in ("GET", "HEAD")):
            return None
        gardee = relire(request.session, request.revoir, lieu=_lieu(request))
        return _montrer(request, gardee) if gardee else _plus_gardee(request)


def _retirer_le_jeton(request: Any) -> str:
    """The token of the address, taken out of it: views read and repeat addresses without it."""
    lus = request.GET.copy()
    jeton = (lus.pop(PARAMETRE, None) or [""])[-1]
    if jeton:
        request.META["QUERY_STRING"] = lus.urlencode()
        request.GET = lus
    return str(jeton)


def _est_une_page(reponse: HttpResponseBase) -> bool:
    genre = reponse.headers.get("Content-Type", "").startswith("text/html")
    redirige = isinstance(reponse, HttpResponseRedirectBase)
    return genre and not redirige and not reponse.streaming and reponse.status_code <= DERNIER_STATUT


def _garder(request: Any, page: Any) -> HttpResponseBase:
    """Keep status and page; the browser that comes from a page kept finds this one in its place."""
    if not request.session.session_key:  # the form was the way out
        return page  # type: ignore[no-any-return]
    valeur = f"{page.status_code}\n".encode() + page.content
    jeton = garder(request.session, valeur, lieu=_lieu(request), jeton=request.revoir)
    lus = request.GET.copy()
    lus[PARAMETRE] = jeton
    suite = redirect(f"{request.path}?{lus.urlencode()}")
    suite.status_code = 303
    suite.cookies = page.cookies
    return suite


def _montrer(request: HttpRequest, gardee: bytes) -> HttpResponse:
    """The page as it was made, and what has happened since it was."""
    statut, _, page = gardee.partition(b"\n")
    if len(messages.get_messages(request)):
        dits = render_to_string("socle/components/messages.html", request=request)
        page = page.replace(MESSAGES, dits.encode(), 1)
    return HttpResponse(page, status=int(statut))


def _plus_gardee(request: HttpRequest) -> HttpResponse:
    messages.info(request, PLUS_GARDEE)
    return redirect(request.get_full_path())


def _lieu(request: Any) -> str:
    """What must be the same to see a page again: its address, who acts, for which place, with which roles."""
    acteur = request.acteur
    roles = sorted((m.role, m.perimetre.territoire, m.perimetre.guichet) for m in acteur.mandats)
    return f"{request.path} {acteur.id} {acteur.territoire}/{acteur.guichet} {roles}"
