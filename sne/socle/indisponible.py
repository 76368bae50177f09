"""The page of a request that the database did not serve: 503, when to try again, and what was typed given back.

It asks nothing of the database: the form's token is held by a cookie, and no context processor runs. It is said in the
language of the page that was asked for.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template import loader
from django.utils.cache import add_never_cache_headers
from django.utils.translation import override
from django.views.decorators.csrf import csrf_protect

from sne.socle.connexions import est_fermee, est_une_coupure
from sne.socle.langues import langue_de

ATTENTE, ATTENTE_FERME = 5, 60  # seconds before a new try
TERRITOIRE_FERME = (
    "Les demandes de ce territoire changent de serveur pour quelques minutes, et rien n’y est changé d’ici là. "
    "Renvoyez le même message dans une minute."
)
JETON = "csrfmiddlewaretoken"
MOTS_DE_PASSE = frozenset(
    {"mot_de_passe", "ancien", "nouveau", "confirmation"}
)  # fields that are typed again
CODE, CHIFFRES = "code", 4  # a one-time code is typed again too; a code of a list has fewer digits
ILLISIBLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)


@dataclass(frozen=True, slots=True)
class Renvoi:
    """A form to send again where it was sent: its fields, as many times each as it was filled."""

    champs: Sequence[tuple[str, str]]
    fichiers: bool  # some came with it: no page can give them back


def erreur_du_serveur(request: HttpRequest) -> HttpResponse:
    """Failure (``handler500``): a page that needs neither database nor session, with the reference to quote.

    When the database is away, or this territory on its way to another cell: 503, with what was typed given back.
    """
    exception = sys.exception()
    ferme = est_fermee(exception)
    if ferme or est_une_coupure(exception):
        return page_indisponible(request, ferme=ferme)
    contexte = {"reference": getattr(request, "correlation", "")}
    return HttpResponse(loader.get_template("500.html").render(contexte), status=500)


def page_indisponible(request: HttpRequest, *, ferme: bool = False) -> HttpResponse:
    """The page; a form comes back only when it came from a page of ours, and holds nothing to be typed again.

    ``ferme``: the territory is closed while it moves to another cell; the rest of the service answers.
    """
    if request.method != "POST":
        return _page(request, ferme=ferme)
    try:
        return _page_du_formulaire(request, ferme=ferme)
    except ILLISIBLE:
        return _page(request, ferme=ferme)


@csrf_protect
def _page_du_formulaire(request: HttpRequest, *, ferme: bool) -> HttpResponse:
    """Checked first: somebody else's form, sent from elsewhere, would be shown here to be sent by a click."""
    return _page(request, lire_renvoi(request), ferme=ferme)


def lire_renvoi(request: HttpRequest) -> Renvoi | None:
    """What was posted, to be sent again; ``None`` when it cannot be read, or holds something to be typed again."""
    try:
        champs = [
            (nom, valeur) for nom, valeurs in request.POST.lists() for valeur in valeurs if nom != JETON
        ]
    except ILLISIBLE:
        return None
    if any(_est_secret(nom, valeur) for nom, valeur in champs):
        return None
    return Renvoi(champs=champs, fichiers=bool(request.FILES))


def _est_secret(nom: str, valeur: str) -> bool:
    return nom in MOTS_DE_PASSE or (nom == CODE and sum(signe.isdigit() for signe in valeur) >= CHIFFRES)


def _page(request: HttpRequest, renvoi: Renvoi | None = None, *, ferme: bool = False) -> HttpResponse:
    langue = langue_de(request.path_info.split("/")[1])  # as every address of households begins
    contexte = {
        "langue": langue,
        "ferme": ferme,
        "renvoi": renvoi,
        "lecture": request.method in ("GET", "HEAD"),
        "csrf_token": get_token(request) if renvoi else "",
    }
    with override(langue.code):
        reponse = HttpResponse(loader.get_template("503.html").render(contexte), status=503)
    reponse.headers["Retry-After"] = str(ATTENTE_FERME if ferme else ATTENTE)
    add_never_cache_headers(reponse)
    return reponse
