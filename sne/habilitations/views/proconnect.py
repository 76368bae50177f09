"""ProConnect: come in by it, link one's account to it, go out of both; nothing happens by opening a page."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from sne.habilitations import proconnect
from sne.habilitations.actions.proconnect import (
    delier_proconnect,
    entrer_par_proconnect,
    refuser_proconnect,
    relier_proconnect,
    sujet,
)
from sne.habilitations.forms import RelierProConnectForm
from sne.habilitations.rules import MotifFin, acteur_inconnu
from sne.habilitations.selectors import acteur_de, get_compte_de_proconnect, is_adresse_freinee
from sne.habilitations.sessions import CLE_PROCONNECT
from sne.habilitations.views.connexion import MOTEUR, demander_le_code, ouvrir
from sne.habilitations.views.refus import verrouille
from sne.oidc.client import Connexion
from sne.oidc.connexion import commencer, conclure
from sne.oidc.rules.echange import tirer
from sne.oidc.rules.fournisseur import is_deux_facteurs
from sne.oidc.rules.identite import IdentiteProfessionnelle
from sne.oidc.rules.refus import ConnexionRefusee
from sne.socle.acte import Acte
from sne.socle.erreurs import Refus
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import acte_de, adresse_du_client, saisi_de

CLE_TEMOIN = "proconnect_temoin"
INCONNUE = (
    "Aucun compte n’est relié à votre identité ProConnect. Connectez-vous avec votre mot de passe et votre code, "
    "puis reliez-la dans «\u00a0Mon compte\u00a0»."
)
FINIE = "Votre session a pris fin pendant la connexion à ProConnect. Reconnectez-vous, puis recommencez."


@login_not_required
@never_cache
@require_POST
def partir(request: Any) -> HttpResponse:
    """To ProConnect, to come in."""
    if request.acteur is not None or not proconnect.est_ouvert():
        return redirect(settings.LOGIN_URL)
    if is_adresse_freinee(adresse_du_client(request), instant=maintenant()):
        return verrouille(request)
    return _commencer(request, retour=resolve_url(settings.LOGIN_REDIRECT_URL))


@sensitive_post_parameters("mot_de_passe")
def relier(request: Any) -> HttpResponse:
    """Link one's account: the password is asked again, then ProConnect says who one is."""
    formulaire = RelierProConnectForm(saisi_de(request))
    if request.method == "POST" and proconnect.est_ouvert() and formulaire.is_valid():
        mot_de_passe = formulaire.cleaned_data["mot_de_passe"]
        if authenticate(request, courriel=request.user.courriel, password=mot_de_passe) is not None:
            return _commencer(request, retour=reverse("proconnect"))
        formulaire.add_error("mot_de_passe", "Ce n’est pas le bon. Saisissez-le de nouveau.")
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "ouvert": proconnect.est_ouvert(),
        "relie": request.user.proconnect is not None,
        "seul": proconnect.est_seul(jour(maintenant())),
    }
    return render(request, "habilitations/proconnect.html", contexte)


@require_POST
def delier(request: Any) -> HttpResponse:
    """End the link of one's account, and the sessions that it opened, this one too."""
    delier_proconnect(acte=acte_de(request))
    messages.success(request, "C’est fait. Votre identité ProConnect n’ouvre plus ce compte.")
    return redirect("mon-compte")


def _commencer(request: Any, *, retour: str) -> HttpResponse:
    temoin = tirer()
    try:
        adresse = commencer(proconnect.client(), temoin=temoin, retour=retour, survenu_le=maintenant())
    except ConnexionRefusee as refus:
        return _refuser(request, str(refus))
    request.session[CLE_TEMOIN] = temoin  # of this browser: the return must find it
    return HttpResponseRedirect(adresse, status=303)


@login_not_required
@never_cache
@require_safe
def revenir(request: Any) -> HttpResponse:
    """Who is back: somebody to let in, or the holder of an account who links it; one sentence otherwise."""
    if not proconnect.est_ouvert():
        return redirect(settings.LOGIN_URL)
    instant = maintenant()
    champs = {nom: request.GET.getlist(nom) for nom in request.GET}
    temoin = request.session.pop(CLE_TEMOIN, "")
    try:
        arrivee = conclure(proconnect.client(), champs, temoin=temoin, survenu_le=instant)
    except ConnexionRefusee as refus:
        return _refuser(request, str(refus))
    if arrivee.retour == reverse("proconnect"):
        return _relier(request, arrivee.connexion, instant)
    if request.acteur is not None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return _entrer(request, arrivee.connexion, instant)


def _relier(request: Any, connexion: Connexion, instant: datetime) -> HttpResponse:
    if request.acteur is None:
        return _refuser(request, FINIE)
    try:
        relier_proconnect(_identite(connexion), acte=Acte(request.acteur, instant))
    except Refus as refus:
        return _refuser(request, refus.phrase)
    messages.success(request, "C’est fait. Vous pouvez maintenant entrer par ProConnect.")
    return redirect("mon-compte")


def _entrer(request: Any, connexion: Connexion, instant: datetime) -> HttpResponse:
    identite, adresse = _identite(connexion), adresse_du_client(request)
    compte = get_compte_de_proconnect(sujet(identite), le=jour(instant))
    if compte is None:
        inconnu = acteur_inconnu(request.correlation)
        refuser_proconnect(identite, inconnu=inconnu, survenu_le=instant, adresse=adresse)
        return _refuser(request, INCONNUE)
    if not is_deux_facteurs(connexion.acr, connexion.amr):
        proconnect.garder_jeton(request.session, connexion.jeton)
        return demander_le_code(request, compte, instant=instant)
    acteur = acteur_de(compte, le=jour(instant), correlation=request.correlation)
    entrer_par_proconnect(acte=Acte(acteur, instant), adresse=adresse)
    login(request, compte, backend=MOTEUR)
    request.session[CLE_PROCONNECT] = sujet(identite).hex()
    proconnect.garder_jeton(request.session, connexion.jeton)
    return ouvrir(request, compte, suite="", instant=instant)


def _identite(connexion: Connexion) -> IdentiteProfessionnelle:
    assert isinstance(connexion.identite, IdentiteProfessionnelle)
    return connexion.identite


@login_not_required
@never_cache
@require_safe
def deconnecte(request: Any) -> HttpResponse:  # noqa: ARG001 - a view
    """Out of both."""
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?fin={MotifFin.DEMANDE}")


def _refuser(request: Any, phrase: str) -> HttpResponse:
    return render(request, "habilitations/proconnect_refus.html", {"phrase": phrase}, status=400)
