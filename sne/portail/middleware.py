"""Who comes to the portal, and what it lets in: a session or none, short forms; sign-in is required by default."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from sne.demandeurs.actions import acteur_de, prolonger
from sne.demandeurs.rules.sessions import fin_de
from sne.demandeurs.selectors import SessionLue, get_langue, get_session
from sne.demandeurs.selectors import get_limites as get_limites_de_session
from sne.portail.envois import REPRIS, oublier_si_repris, retenir
from sne.registre.joindre.selectors.langues import get_langue_des_personnes
from sne.registre.pieces.selectors.documents import get_limites
from sne.registre.rattachement.actions.connexions import noter_refus
from sne.registre.rattachement.possible import GesteRefuse
from sne.registre.rattachement.selectors.visites import Visite, list_joignables, list_visites
from sne.socle.acteur import Acteur
from sne.socle.connexions import sur_une_vivante
from sne.socle.corps import TROP_LENT
from sne.socle.erreurs import NonHabilite
from sne.socle.horloge import jour, maintenant
from sne.socle.langues import Langue, langue_de
from sne.socle.middleware import SIGNE_NUL, a_un_signe_nul, illisible

GetResponse = Callable[[HttpRequest], HttpResponse]
OCTETS_MAX = 1 << 16  # of a form: the longest one holds a few short answers
PAGES_DES_FICHIERS = frozenset(
    {
        "ajouter-document",
        "demande-piece",
        "document-de-requete",
        "envoyer-fichier",
        "envoyer-fichier-piece",
        "fichier",
        "proche-documents",
    }
)
GRAIN = timedelta(seconds=60)  # a session is written again at most once a minute


@dataclass(frozen=True)
class Visiteur:
    """Somebody whose session is not over. Their links are read again at each request that asks for them."""

    session: SessionLue
    instant: datetime

    @property
    def finit_dans(self) -> int:
        """Seconds before this session ends by itself, if nothing more is done in it."""
        limites, session = get_limites_de_session(self.instant)[self.session.voie], self.session
        return int(
            (
                fin_de(limites, ouverte_le=session.ouverte_le, vue_le=self.vue_le) - self.instant
            ).total_seconds()
        )

    @property
    def vue_le(self) -> datetime:
        """When something was last done in it, this request counted."""
        return self.instant if self.instant - self.session.vue_le >= GRAIN else self.session.vue_le

    @cached_property
    def visites(self) -> tuple[Visite, ...]:
        """What they follow now, and their level: a link that ended since, or is worth less, shows at once."""
        lues, absentes = self.joignables
        return list_visites(self.session, le=self.instant) if absentes else lues

    @cached_property
    def joignables(self) -> tuple[tuple[Visite, ...], tuple[str, ...]]:
        """The same, of the cells that answer, and those that do not: for pages that only read."""
        return list_joignables(self.session, le=self.instant)

    @property
    def protegee(self) -> bool:
        """Whether a demande that they follow is spoken of to nobody, or may be: each page may be left at once."""
        lues, absentes = self.joignables
        return bool(absentes) or any(visite.protegee for visite in lues)

    @cached_property
    def langue(self) -> Langue:
        """The one in which they are written to: asked for by any account of whom they follow a demande as."""
        personnes = {visite.lien.personne_id for visite in self.joignables[0]}
        seul = get_langue([self.session.compte])
        return langue_de(get_langue_des_personnes(personnes, defaut=seul) if personnes else seul)


class RequeteDuMenage(HttpRequest):
    """The request of somebody who has signed in."""

    visiteur: Visiteur
    acteur: Acteur


class VisiteurMiddleware:
    """Sets ``request.visiteur`` (``None`` for a stranger), and requires one unless the view is public."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.visiteur = _visiteur(request.COOKIES.get(settings.COOKIE_DE_SESSION, ""), maintenant())
        request.acteur = request.visiteur and acteur_de(
            request.visiteur.session.compte, correlation=request.correlation
        )
        reponse = self.get_response(request)
        if request.visiteur is not None and request.method == "POST" and REPRIS in request.GET:
            oublier_si_repris(request, reponse)
        if request.visiteur is not None:  # nothing of a person stays in a browser that others use
            reponse.headers["Cache-Control"] = "no-store, private"
        return reponse

    def process_view(
        self, request: Any, vue: Callable[..., HttpResponse], *_args: Any
    ) -> HttpResponse | None:
        """Send a stranger to the sign-in page, unless the view is public (``login_not_required``)."""
        if request.visiteur is not None or not getattr(vue, "login_required", True):
            return None
        if not request.COOKIES.get(settings.COOKIE_DE_SESSION):
            return redirect("connexion")
        reponse = redirect(f"{reverse('connexion')}?fin={'garde' if retenir(request) else 'oui'}")
        reponse.delete_cookie(settings.COOKIE_DE_SESSION)
        return reponse


def _visiteur(secret: str, instant: datetime) -> Visiteur | None:
    session = sur_une_vivante(lambda: get_session(secret, le=instant)) if secret else None
    if session is None:
        return None
    if instant - session.vue_le >= GRAIN:
        prolonger(session.cle, le=instant)
    return Visiteur(session, instant)


class RefusDitsMiddleware:
    """What a session may not do of a demande that it follows is told in its history; the page of it is another's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> None:
        """Tell it once for a session and a kind of act."""
        nud = request.resolver_match.kwargs.get("nud")
        if not isinstance(exception, NonHabilite) or nud is None:
            return
        visiteur: Visiteur = request.visiteur
        visite = next(visite for visite in visiteur.joignables[0] if visite.lien.nud == nud)
        geste = str(exception.geste) if isinstance(exception, GesteRefuse) else ""
        noter_refus(visite, geste, session=visiteur.session.cle, survenu_le=visiteur.instant)


class EnvoiBorneMiddleware:
    """A form beyond what these pages ask is refused before any of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        annoncee = request.META.get("CONTENT_LENGTH") or "0"
        octets = int(annoncee) if annoncee.isdecimal() else 0
        if octets > OCTETS_MAX and octets > OCTETS_MAX + _octets_de_fichiers(request):
            return _trop()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Read the form, as the check of its token does."""
        try:
            return illisible(SIGNE_NUL) if a_un_signe_nul(request.POST) else None
        except UnreadablePostError:
            return illisible(TROP_LENT, status=408)
        except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig):
            return _trop()


def _octets_de_fichiers(request: HttpRequest) -> int:
    """How much more the page may be sent whose form takes files, by somebody who signed in."""
    if getattr(request, "visiteur", None) is None:
        return 0
    try:
        page = resolve(request.path_info).url_name
    except Resolver404:
        return 0
    return get_limites(jour(maintenant())).octets if page in PAGES_DES_FICHIERS else 0


def _trop() -> HttpResponse:
    return illisible(
        _("Cet envoi est trop long pour cette page. Rien n’a été lu. Revenez en arrière, puis recommencez."),
        status=413,
    )
