"""Sign-in in two pages: address and password, then the code of the authentication application."""

from base64 import b32encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sne.habilitations import actions, proconnect
from sne.habilitations.envois import list_envois, marquer
from sne.habilitations.forms import CodeForm, ConnexionForm
from sne.habilitations.middleware import est_sure, lire_motif_de_fin, ouvrir_session
from sne.habilitations.models import Appareil, Compte
from sne.habilitations.ouvertes import noter_ouverture
from sne.habilitations.rules import MotifFin, MotifRefus, acteur_inconnu
from sne.habilitations.selectors import acteur_de, get_appareil, get_compte_actif, is_adresse_freinee
from sne.habilitations.sessions import CLE_PROCONNECT
from sne.habilitations.views.refus import verrouille
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import acte_de, adresse_du_client, saisi_de

DELAI_DU_CODE = timedelta(minutes=10)
CLE_ATTENTE = "connexion_en_attente"
MOTEUR = "sne.habilitations.middleware.MoteurDeSession"

REFUS = "Il ne va pas avec cette adresse. Vérifiez les deux, puis réessayez."
CODE_FAUX = "Ce n’est pas le bon. Attendez le prochain, puis recopiez-le."
FINIE = "Votre session a pris fin."
GARDE = "Ce que vous veniez d’envoyer est gardé\u00a0: connectez-vous avec le même compte pour le retrouver."
PAR_PROCONNECT = "Un compte relié à ProConnect n’entre que par lui\u00a0: servez-vous du bouton ci-dessous."
PHRASES_DE_FIN = {
    MotifFin.DEMANDE: "Vous êtes déconnecté.",
    MotifFin.INACTIVITE: "Vous avez été déconnecté après un temps sans activité. Vos brouillons sont gardés.",
    MotifFin.DUREE: "Votre session a atteint sa durée maximale. Reconnectez-vous, vos brouillons sont gardés.",
    MotifFin.CLOSE: "Votre session a été fermée : vos habilitations ont changé. Reconnectez-vous.",
    MotifFin.AILLEURS: "Vous avez fermé cette session depuis une autre.",
    MotifFin.NOMBRE: "Cette session a été fermée\u00a0: vous en avez ouvert trop d’autres.",
    MotifFin.DELAI: "Le code n’a pas été saisi à temps. Recommencez avec votre mot de passe.",
}


@dataclass(frozen=True, slots=True)
class Attente:
    """Between the two pages: who gave the right password, when, and where they were going."""

    compte: str
    empreinte: str  # changes with the password
    depuis: float
    suite: str

    @classmethod
    def ouvrir(cls, request: Any, compte: Compte, *, suite: str, instant: datetime) -> None:
        """The session changes its key here, as it will when the person is signed in."""
        request.session.cycle_key()
        attente = cls(str(compte.pk), compte.get_session_auth_hash(), instant.timestamp(), suite)
        request.session[CLE_ATTENTE] = asdict(attente)

    @classmethod
    def lire(cls, request: Any, *, instant: datetime) -> "tuple[Compte, Attente] | None":
        """The account waiting for its code; ``None`` when there is none, or no longer."""
        donnees = request.session.get(CLE_ATTENTE)
        if donnees is None:
            return None
        attente = cls(**donnees)
        compte = get_compte_actif(attente.compte)
        frais = instant.timestamp() - attente.depuis < DELAI_DU_CODE.total_seconds()
        if compte and frais and constant_time_compare(compte.get_session_auth_hash(), attente.empreinte):
            return compte, attente
        del request.session[CLE_ATTENTE]
        return None


@login_not_required
@never_cache
@sensitive_post_parameters("mot_de_passe")
def connexion(request: Any) -> HttpResponse:
    """First page. A refusal never says whether the account exists."""
    if request.acteur is not None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    formulaire = ConnexionForm(saisi_de(request))
    if formulaire.is_valid():
        instant = maintenant()
        courriel, mot_de_passe = formulaire.cleaned_data["courriel"], formulaire.cleaned_data["mot_de_passe"]
        if is_adresse_freinee(adresse_du_client(request), instant=instant):
            _inscrire_refus(request, courriel, MotifRefus.VERROU, instant=instant)
            return verrouille(request)
        compte = authenticate(request, courriel=courriel, password=mot_de_passe)
        if isinstance(compte, Compte) and compte.proconnect and proconnect.est_seul(jour(instant)):
            _inscrire_refus(request, courriel, MotifRefus.PROCONNECT_SEUL, instant=instant)
            return redirect(f"{request.path}?proconnect=seul")
        if isinstance(compte, Compte):
            return demander_le_code(request, compte, suite=_suite(request), instant=instant)
        verrou = getattr(request, "axes_locked_out", False)
        motif_du_refus = MotifRefus.VERROU if verrou else MotifRefus.MOT_DE_PASSE
        _inscrire_refus(request, courriel, motif_du_refus, instant=instant)
        formulaire.add_error("mot_de_passe", REFUS)
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "suite": _suite(request),
        "annonce": _annonce(request) if request.method == "GET" else "",
        "proconnect": proconnect.est_ouvert(),
    }
    return render(request, "habilitations/connexion.html", contexte)


def _annonce(request: Any) -> str:
    """Why the last session ended, and what is kept of what it was sending."""
    motif = lire_motif_de_fin(request.GET.get("fin", ""))
    garde = "garde" in request.GET
    if "proconnect" in request.GET and proconnect.est_seul(jour(maintenant())):
        return PAR_PROCONNECT
    fin = PHRASES_DE_FIN[motif] if motif else FINIE if garde else ""
    return f"{fin} {GARDE}" if garde else fin


def _inscrire_refus(request: Any, courriel: str, motif: MotifRefus, *, instant: datetime) -> None:
    actions.inscrire_refus(
        courriel,
        motif=motif,
        inconnu=acteur_inconnu(request.correlation),
        survenu_le=instant,
        adresse=adresse_du_client(request),
    )


def _suite(request: Any) -> str:
    """The page wanted, when it is one of ours."""
    suite = request.POST.get("suite") or request.GET.get("suite", "")
    return suite if suite.startswith("/") and est_sure(request, suite) else ""


def demander_le_code(request: Any, compte: Compte, *, instant: datetime, suite: str = "") -> HttpResponse:
    """To the second page, for somebody whose first proof is good."""
    Attente.ouvrir(request, compte, suite=suite, instant=instant)
    a_enroler = actions.preparer_second_facteur(compte)
    return redirect("connexion-application" if a_enroler else "connexion-code")


@login_not_required
@never_cache
def connexion_code(request: Any) -> HttpResponse:
    """Second page: the code of the application."""
    return _second_facteur(request, "habilitations/connexion_code.html", confirme=True)


@login_not_required
@never_cache
def connexion_application(request: Any) -> HttpResponse:
    """Second page of a first sign-in: the key to put in the application, and the first code."""
    return _second_facteur(request, "habilitations/connexion_application.html", confirme=False)


def _second_facteur(request: Any, gabarit: str, *, confirme: bool) -> HttpResponse:
    instant = maintenant()
    attente = Attente.lire(request, instant=instant)
    appareil = get_appareil(attente[0]) if attente else None
    if attente is None or appareil is None:
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?fin={MotifFin.DELAI}")
    if appareil.confirmed != confirme:  # the other page is the right one
        return redirect("connexion-code" if appareil.confirmed else "connexion-application")
    compte = attente[0]
    formulaire = CodeForm(saisi_de(request))
    if formulaire.is_valid():
        verdict = _verifier(request, compte, formulaire.cleaned_data["code"], instant=instant)
        if verdict.appareil is not None:
            compte.otp_device = verdict.appareil  # type: ignore[attr-defined]  # django-otp puts it in the session
            suite = request.session.pop(CLE_ATTENTE)["suite"]
            # Left in this browser by a session that ended with its link: Django keeps it for the same person.
            request.session.pop(CLE_PROCONNECT, None)
            login(request, compte, backend=MOTEUR)
            return ouvrir(request, compte, suite=suite, instant=instant)
        formulaire.add_error("code", _phrase_du_refus(verdict, instant))
    contexte: dict[str, Any] = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, gabarit, contexte if confirme else {**contexte, **_cle(appareil)})


def _verifier(request: Any, compte: Compte, code: str, *, instant: datetime) -> actions.Verdict:
    acteur = acteur_de(compte, le=jour(instant), correlation=request.correlation)
    return actions.verifier_second_facteur(
        code, acte=Acte(acteur, instant), adresse=adresse_du_client(request)
    )


def _phrase_du_refus(verdict: actions.Verdict, instant: datetime) -> str:
    if verdict.attendre_jusqu_a is None:
        return CODE_FAUX
    secondes = max(1, round((verdict.attendre_jusqu_a - instant).total_seconds()))
    attente = f"{secondes} s" if secondes < 120 else f"{round(secondes / 60)} min"
    return f"Trop de codes refusés. Attendez {attente}, puis saisissez le code affiché."


def _cle(appareil: Appareil) -> dict[str, Any]:
    """The key to enrol, as a drawing and as text in groups of four."""
    import segno  # noqa: PLC0415 - memory that only an enrolment needs

    secret = b32encode(appareil.bin_key).decode("ascii").rstrip("=")
    dessin = segno.make(appareil.config_url, micro=False, error="m").svg_data_uri(
        scale=5, border=4, light="white"
    )
    return {"dessin": dessin, "secret": [secret[i : i + 4] for i in range(0, len(secret), 4)]}


def ouvrir(request: Any, compte: Compte, *, suite: str, instant: datetime) -> HttpResponse:
    """Start counting the session of somebody who has just signed in, and lead them to ``suite``, or home."""
    suite = suite or resolve_url(settings.LOGIN_REDIRECT_URL)
    ouvrir_session(request, instant=instant)
    noter_ouverture(request)
    acteur = acteur_de(compte, le=jour(instant), correlation=request.correlation)
    actions.borner_sessions(ici=str(request.session.session_key), acte=Acte(acteur, instant))
    if list_envois(compte.pk):
        suite = f"{resolve_url('envois-gardes')}?{urlencode({'suite': suite})}"
    reponse = redirect(suite)
    marquer(request, reponse, compte.pk)
    return reponse


@login_not_required
@never_cache
@require_POST
def deconnexion(request: Any) -> HttpResponse:
    """Sign out; harmless when already out."""
    ailleurs = ""
    if request.acteur is not None:
        ailleurs = proconnect.fin_de_session(request.session)
        actions.inscrire_deconnexion(acte=acte_de(request), motif=MotifFin.DEMANDE)
    logout(request)
    if ailleurs:
        return HttpResponseRedirect(ailleurs, status=303)
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?fin={MotifFin.DEMANDE}")
