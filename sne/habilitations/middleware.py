"""Who acts in each request: sign-in required by default, limits of the session, ``request.acteur`` built once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.middleware import OTPMiddleware

from sne.habilitations import proconnect
from sne.habilitations.actions import inscrire_deconnexion
from sne.habilitations.envois import retenir
from sne.habilitations.models import Compte
from sne.habilitations.rules import LimitesDeSession, MotifFin, fin_de_session
from sne.habilitations.selectors import acteur_de, get_compte_de_session, get_limites_de_session
from sne.habilitations.sessions import CLE_OUVERTE, CLE_PROCONNECT, CLE_VUE, est_tenue
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui, jour, maintenant

CHANGER, RELIER = "changer-mot-de-passe", "proconnect"
PAR_PROCONNECT = object()  # in the place of a device of ours
CLE_POSTE = "poste"
GRAIN = timedelta(seconds=60)  # the session row is written again at most once a minute

GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Session:
    """What the session of a signed-in person keeps: two instants, and the place acted for (``099/G0993``)."""

    ouverte_le: datetime
    vue_le: datetime
    poste: str = ""

    @classmethod
    def lire(cls, request: HttpRequest) -> "Session":
        """The session of this request; one without its instants was not opened by us, and is over."""
        donnees = request.session
        return cls(
            ouverte_le=datetime.fromtimestamp(donnees.get(CLE_OUVERTE, 0), UTC),
            vue_le=datetime.fromtimestamp(donnees.get(CLE_VUE, 0), UTC),
            poste=donnees.get(CLE_POSTE, ""),
        )


def reste(session: Session, instant: datetime, limites: LimitesDeSession) -> timedelta:
    """How long a session still lasts if nothing more is done in it."""
    return min(session.vue_le + limites.inactivite, session.ouverte_le + limites.duree_max) - instant


def ouvrir_session(request: HttpRequest, *, instant: datetime) -> None:
    """Start counting, once the person has signed in."""
    request.session[CLE_OUVERTE] = request.session[CLE_VUE] = instant.timestamp()


def choisir_poste(request: HttpRequest, cle: str) -> None:
    """Keep the place that the person acts for from now on."""
    request.session[CLE_POSTE] = cle


class MoteurDeSession(BaseBackend):
    """Finds the account that a session names, with their devices and roles at once; signs nobody in."""

    def get_user(self, user_id: Any) -> Compte | None:
        """The account, unless it is switched off."""
        return get_compte_de_session(user_id, le=aujourd_hui())


class SecondFacteurMiddleware(OTPMiddleware):  # type: ignore[misc]  # django-otp carries no types
    """django-otp's, without its read: the devices came with the account (a session opened by us)."""

    def _verify_user_sync(self, request: Any, user: Any) -> Any:
        lus = getattr(user, "appareils_lus", None)
        if lus is None:
            return super()._verify_user_sync(request, user)
        self._init_user_fields(user)
        if request.session.get(CLE_PROCONNECT):
            user.otp_device = PAR_PROCONNECT if est_tenue(request.session, user.proconnect) else None
            return user
        appareil = lus.get(request.session.get(DEVICE_ID_SESSION_KEY))
        user.otp_device = self._finalize_device(request, user, appareil)
        return user


class ActeurMiddleware:
    """Sets ``request.acteur`` (``None`` unless password, code and limits are in order) and requires it by default.

    A public view says so with Django's ``login_not_required``.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.acteur, request.fin_de_session, request.session_finie = None, None, None
        if request.user.is_authenticated and request.user.is_verified():
            self._reconnaitre(request, maintenant())
        reponse = self.get_response(request)
        if request.acteur is not None and not reponse.has_header("Cache-Control"):
            add_never_cache_headers(reponse)
        return reponse

    def process_view(
        self, request: Any, view_func: Callable[..., HttpResponse], _: tuple[Any, ...], __: dict[str, Any]
    ) -> HttpResponse | None:
        """Send somebody who is not signed in to the sign-in page, unless the view is public.

        Somebody who came in with a password chosen by somebody else is sent to the page where they choose theirs; by a
        password, where ProConnect is the only way in, to the page that links their account to it.
        """
        if not getattr(view_func, "login_required", True):
            return None
        if request.acteur is None:
            return exiger_connexion(request, garde=retenir(request, view_func))
        page = request.resolver_match.view_name
        if request.user.mot_de_passe_provisoire:
            return None if page == CHANGER else redirect(CHANGER)
        if request.user.proconnect is None and page != RELIER and proconnect.est_seul(aujourd_hui()):
            return redirect(RELIER)
        return None

    def _reconnaitre(self, request: Any, instant: datetime) -> None:
        session = Session.lire(request)
        limites = get_limites_de_session(jour(instant))
        fin = fin_de_session(
            ouverte_le=session.ouverte_le,
            vue_le=session.vue_le,
            instant=instant,
            limites=limites,
            closes_le=request.user.sessions_closes_le,
        )
        acteur = self._acteur(request, session, instant)
        if fin is not None:
            inscrire_deconnexion(acte=Acte(acteur, instant), motif=fin)
            logout(request)
            request.fin_de_session, request.session_finie = fin, acteur
            return
        request.acteur = acteur
        if instant - session.vue_le >= GRAIN:
            request.session[CLE_VUE] = instant.timestamp()
            session = replace(session, vue_le=instant)
        request.session_finit_dans = reste(session, instant, limites)
        request.session_avis = limites.avis

    @staticmethod
    def _acteur(request: Any, session: Session, instant: datetime) -> Acteur:
        territoire, _, guichet = session.poste.partition("/")
        return acteur_de(
            request.user,
            guichet=guichet,
            territoire=territoire,
            correlation=request.correlation,
            le=jour(instant),
        )


def exiger_connexion(request: Any, *, garde: bool) -> HttpResponseRedirect:
    """To the sign-in page, which says why, whether what was sent is kept, and leads back to the page wanted.

    The address kept has no query: it may hold what was searched for. After a form, it is the page of the form.
    """
    page = request.path if request.method in ("GET", "HEAD") else _page_precedente(request)
    parametres = {"suite": page} if page not in ("", resolve_url(settings.LOGIN_REDIRECT_URL)) else {}
    if request.fin_de_session:
        parametres["fin"] = str(request.fin_de_session)
    if garde:
        parametres["garde"] = "oui"
    adresse = resolve_url(settings.LOGIN_URL)
    return HttpResponseRedirect(f"{adresse}?{urlencode(parametres)}" if parametres else adresse)


def _page_precedente(request: HttpRequest) -> str:
    precedente = request.headers.get("Referer", "")
    return urlsplit(precedente).path if est_sure(request, precedente) else ""


def est_sure(request: HttpRequest, adresse: str) -> bool:
    """Whether an address leads nowhere else than here."""
    return url_has_allowed_host_and_scheme(
        adresse, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def lire_motif_de_fin(texte: str) -> MotifFin | None:
    """Why the last session ended, as the address of the sign-in page says it; anything else is ignored."""
    return MotifFin(texte) if texte in {str(motif) for motif in MotifFin} else None
