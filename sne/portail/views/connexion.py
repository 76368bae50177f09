"""Signing in by FranceConnect, and out of both: what is received is said before, nothing happens by opening a page."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sne.demandeurs.actions import accueillir, fermer
from sne.oidc.connexion import commencer, conclure
from sne.oidc.rules.echange import adresse_de_deconnexion, tirer
from sne.oidc.rules.identite import IdentitePivot
from sne.oidc.rules.refus import ConnexionRefusee, Motif
from sne.portail import franceconnect
from sne.portail.limite import limiter
from sne.portail.middleware import RequeteDuMenage
from sne.registre.rattachement.actions.rattacher import Issue, rattacher
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

AVANT = timedelta(minutes=15)  # the cookie of a sign-in under way: longer than the state that it goes with


@login_not_required
@never_cache
@require_safe
def connexion(request: HttpRequest) -> HttpResponse:
    """The ways in, FranceConnect first, and what each asks."""
    if getattr(request, "visiteur", None) is not None:
        return redirect("espace")
    contexte = {"ouverte": franceconnect.est_ouverte(), "finie": request.GET.get("fin") == "oui"}
    return render(request, "portail/menage/connexion.html", contexte)


@login_not_required
@never_cache
@require_POST
@limiter
def partir(request: HttpRequest) -> HttpResponse:
    """To FranceConnect, for the browser that asked and no other: it holds a cookie that the return must bring."""
    if not franceconnect.est_ouverte():
        return redirect("connexion")
    temoin = tirer()
    try:
        adresse = commencer(
            franceconnect.client(get_language() or "fr"),
            temoin=temoin,
            retour=reverse("espace"),
            survenu_le=maintenant(),
        )
    except ConnexionRefusee as refus:
        return _refuser(request, refus)
    reponse = HttpResponseRedirect(adresse, status=303)
    _poser(reponse, settings.COOKIE_D_AVANT, temoin, max_age=AVANT)
    return reponse


@login_not_required
@never_cache
@require_safe
@limiter
def retour_de_connexion(request: HttpRequest) -> HttpResponse:
    """Who is back: a new session under a new key, linked to what is theirs; or one text, and other ways in."""
    if not franceconnect.est_ouverte():
        return redirect("connexion")
    instant = maintenant()
    champs = {nom: request.GET.getlist(nom) for nom in request.GET}
    temoin = request.COOKIES.get(settings.COOKIE_D_AVANT, "")
    try:
        arrivee = conclure(franceconnect.client("fr"), champs, temoin=temoin, survenu_le=instant)
    except ConnexionRefusee as refus:
        return _refuser(request, refus)
    identite = arrivee.connexion.identite
    assert isinstance(identite, IdentitePivot)
    venue = accueillir(
        identite,
        jeton=arrivee.connexion.jeton,
        fournisseur="FC",
        voie=franceconnect.voie_de(identite.idp_id),
        survenu_le=instant,
    )
    issue = rattacher(identite, compte=venue.compte, survenu_le=instant).issue
    suite = "?verification=oui" if issue is Issue.VERIFICATION else ""
    rotate_token(request)
    reponse = HttpResponseRedirect(arrivee.retour + suite, status=303)
    _poser(reponse, settings.COOKIE_DE_SESSION, venue.secret)
    reponse.delete_cookie(settings.COOKIE_D_AVANT)
    return reponse


@require_POST
def deconnexion(request: RequeteDuMenage) -> HttpResponse:
    """Ours ends first: if FranceConnect does not answer, the person is out all the same."""
    visiteur = request.visiteur
    jeton = visiteur.session.ouvrir().jeton
    fermer(visiteur.session.cle, acte=Acte(request.acteur, visiteur.instant))
    rotate_token(request)
    reponse = HttpResponseRedirect(_fin(jeton), status=303)
    reponse.delete_cookie(settings.COOKIE_DE_SESSION)
    return reponse


def _fin(jeton: str) -> str:
    client = franceconnect.client("fr")
    try:
        return adresse_de_deconnexion(client.fournisseur, client.adresses(), jeton=jeton, etat=tirer())
    except ConnexionRefusee:
        return reverse("retour-de-deconnexion")


@login_not_required
@never_cache
@require_safe
def retour_de_deconnexion(request: HttpRequest) -> HttpResponse:
    """Out of both."""
    return render(request, "portail/menage/deconnexion.html")


def _refuser(request: HttpRequest, refus: ConnexionRefusee) -> HttpResponse:
    contexte = {"phrase": franceconnect.phrase(refus.motif), "numero": refus.numero}
    status = 503 if refus.motif is Motif.INDISPONIBLE else 400
    reponse = render(request, "portail/menage/refus.html", contexte, status=status)
    reponse.delete_cookie(settings.COOKIE_D_AVANT)
    return reponse


def _poser(reponse: HttpResponse, nom: str, valeur: str, **options: Any) -> None:
    reponse.set_cookie(
        nom, valeur, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax", **options
    )
