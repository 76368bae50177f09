"""Turns the refusals of actions, of methods, of forms too large or unreadable into pages that say what to do."""

import codecs
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict, UnreadablePostError
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme

from sne.socle.corps import TAMPON, TROP_LENT
from sne.socle.erreurs import Efface, Interdit, Introuvable, NonHabilite
from sne.socle.requete import longueur_annoncee

GetResponse = Callable[[HttpRequest], HttpResponse]
TRANCHE = 1 << 16  # bytes


AUTRES_SIGNES = (
    "Il n’est pas écrit en UTF-8, et rien n’a été enregistré. Revenez à la page, rechargez-la, "
    "puis recommencez."
)
SIGNE_NUL = (
    "Il contient un signe nul, qu’aucun clavier n’écrit, et rien n’a été enregistré. Revenez en arrière, effacez ce "
    "que vous avez collé, puis saisissez-le au clavier."
)
TROP_POUR_UN_INCONNU = (
    "Il est trop gros pour une page qui s’ouvre sans connexion, et rien n’en a été lu. "
    "Connectez-vous, puis recommencez."
)


class RequeteLisibleMiddleware:
    """A request written in other signs than UTF-8, or holding a null sign, is refused before anything reads it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            return illisible(AUTRES_SIGNES)
        if "\0" in request.path_info or a_un_signe_nul(request.GET):
            return illisible(SIGNE_NUL)
        return self.get_response(request)


def a_un_signe_nul(champs: QueryDict) -> bool:
    """Whether a null sign, which no database keeps, stands in a name or a value."""
    return any("\0" in texte for nom, valeurs in champs.lists() for texte in (nom, *valeurs))


def illisible(phrase: str = "", *, status: int = 400) -> HttpResponse:
    """The page of a request that is not read: it needs neither session nor database."""
    return HttpResponse(loader.get_template("400.html").render({"phrase": phrase}), status=status)


class EnvoiTropGrandMiddleware:
    """The only place where a form is first read, once the actor is known: nothing large is read from somebody who is
    not signed in.

    A form beyond what one request may hold brings its own page back, with the limit and what to do. It stands before
    the check of the form's token, which would read it too: Django's answer is a bare 400.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.acteur is None and longueur_annoncee(request) > TAMPON:
            return illisible(TROP_POUR_UN_INCONNU, status=413)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, vue: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        """Read the form, as the check of its token does; a machine that calls has no page to see again."""
        if getattr(vue, "csrf_exempt", False):
            return None
        try:
            return illisible(SIGNE_NUL) if a_un_signe_nul(request.POST) else None
        except UnreadablePostError:
            return illisible(TROP_LENT, status=408)
        except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig) as trop:
            while request.read(TRANCHE):  # a browser still sending would show a connection cut, and no page
                pass
            messages.error(request, _phrase(trop))
            return redirect(_page_du_formulaire(request))


def _phrase(trop: Exception) -> str:
    if isinstance(trop, TooManyFilesSent):
        au_plus = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return (
            f"Fichiers\u00a0: vous en avez envoyé plus de {au_plus} à la fois, et rien n’a été reçu. "
            "Choisissez-en moins\u00a0: la page dit combien elle en prend."
        )
    if isinstance(trop, TooManyFieldsSent):
        return (
            f"Cette page a envoyé plus de {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} réponses à la fois, et rien n’a "
            "été enregistré. Remplissez-la en plusieurs fois."
        )
    ko = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1000
    return (
        f"Les textes de cette page pèsent plus de {ko}\u00a0ko, et rien n’a été enregistré. "
        "Raccourcissez les plus longs, puis recommencez."
    )


def _page_du_formulaire(request: HttpRequest) -> str:
    """The page that the form was on, of this site; its own address when the browser does not say."""
    venue = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(venue, {request.get_host()}, require_https=request.is_secure()):
        return urlsplit(venue)._replace(scheme="", netloc="", fragment="").geturl()
    return request.get_full_path()


class RefusMiddleware:
    """A refusal that no view has worded becomes a page: 403 (this person may not), 404, 405, 409 (not now) or 410."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        return _page_405(request, reponse) if isinstance(reponse, HttpResponseNotAllowed) else reponse

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Words the refusals of ``sne.socle.erreurs``; anything else follows Django's own path."""
        if isinstance(exception, NonHabilite):
            return render(request, "403.html", {"phrase": exception.phrase}, status=403)
        if isinstance(exception, Interdit):
            return render(request, "409.html", {"phrase": exception.phrase}, status=409)
        if isinstance(exception, Efface):
            return render(request, "410.html", {"phrase": exception.phrase}, status=410)
        if isinstance(exception, Introuvable):
            return render(request, "404.html", {"phrase": exception.phrase}, status=404)
        return None


def _page_405(request: HttpRequest, reponse: HttpResponseNotAllowed) -> HttpResponse:
    """Django's own answer is empty: the browser would show its error page. The methods allowed are still said."""
    page = render(request, "405.html", status=405)
    page["Allow"] = reponse["Allow"]
    return page
