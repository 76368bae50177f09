"""Signing in by FranceConnect, and out of both: what is received is said before, nothing happens by opening a page."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sne.demandeurs.actions import Venue, accueillir, acteur_de, compter, fermer
from sne.demandeurs.rules.niveaux import Geste
from sne.demandeurs.selectors import get_duree_d_un_envoi, get_limite_des_connexions, get_session
from sne.oidc.connexion import commencer, conclure
from sne.oidc.rules.echange import adresse_de_deconnexion, tirer
from sne.oidc.rules.identite import IdentitePivot
from sne.oidc.rules.refus import ConnexionRefusee, Motif
from sne.portail import franceconnect
from sne.portail.envois import suite_de
from sne.portail.middleware import RequeteDuMenage, Visiteur
from sne.portail.rules import appareil_de
from sne.portail.views.reponses import poser_cookie, trop_d_essais
from sne.registre.depot_en_ligne.actions.reprendre import reprendre_dans_le_navigateur
from sne.registre.rattachement.actions.connexions import noter_connexions
from sne.registre.rattachement.actions.fermer import fermer_son_compte
from sne.registre.rattachement.actions.rattacher import Issue, rattacher
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.visites import list_joignables
from sne.socle.acte import Acte
from sne.socle.connexions import est_fermee
from sne.socle.debit import reseau_de
from sne.socle.erreurs import refus_de
from sne.socle.horloge import maintenant
from sne.socle.requete import adresse_du_client

AVANT = timedelta(minutes=15)  # the cookie of a sign-in under way: longer than the state that it goes with
A_FINIR = "a-finir"  # what it holds once the session is open, while a territory that is closed keeps the rest waiting


@login_not_required
@never_cache
@require_safe
def connexion(request: HttpRequest) -> HttpResponse:
    """The ways in, FranceConnect first, and what each asks."""
    if getattr(request, "visiteur", None) is not None:
        return redirect("espace")
    fin = request.GET.get("fin", "")
    contexte = {
        "ouverte": franceconnect.est_ouverte(),
        "finie": fin in {"oui", "garde"},
        "minutes": int(get_duree_d_un_envoi(maintenant()).total_seconds() // 60) if fin == "garde" else 0,
    }
    return render(request, "portail/menage/connexion.html", contexte)


@login_not_required
@never_cache
@require_POST
def partir(request: HttpRequest) -> HttpResponse:
    """To FranceConnect, for the browser that asked and no other: it holds a cookie that the return must bring."""
    if not franceconnect.est_ouverte():
        return redirect("connexion")
    limite = get_limite_des_connexions(maintenant())
    if compter(limite, reseau_de(adresse_du_client(request)), instant=maintenant()) > limite.nombre:
        return trop_d_essais(request)
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
    poser_cookie(reponse, settings.COOKIE_D_AVANT, temoin, max_age=AVANT)
    return reponse


@login_not_required
@never_cache
@require_safe
def retour_de_connexion(request: HttpRequest) -> HttpResponse:
    """Who is back: a new session under a new key, linked to what is theirs; or one text, and other ways in.

    Nobody identifies themselves again because a territory is closed: « Ma demande » goes on (:func:`finir`).
    """
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
        prouvee_le=arrivee.identifie_le,
        survenu_le=instant,
    )
    d_avant: Visiteur | None = getattr(request, "visiteur", None)
    try:
        if d_avant is not None:
            reprendre_dans_le_navigateur(d_avant.session, identite, compte=venue.compte)
        suite = _ouvrir(request, venue, identite, arrivee.retour, le=instant)
    except Exception as exc:
        if not est_fermee(exc):
            raise
        suite = ""
    if d_avant is not None:  # its key is of no more use to this browser, nor to whoever kept it
        fermer(d_avant.session.cle, acte=Acte(acteur_de(d_avant.session.compte), instant))
    rotate_token(request)
    reponse = HttpResponseRedirect(suite or arrivee.retour, status=303)
    poser_cookie(reponse, settings.COOKIE_DE_SESSION, venue.secret)
    if suite:
        reponse.delete_cookie(settings.COOKIE_D_AVANT)
    else:
        poser_cookie(reponse, settings.COOKIE_D_AVANT, A_FINIR)
    return reponse


def finir(request: RequeteDuMenage) -> HttpResponse | None:
    """The rest of a sign-in that a closed territory kept waiting, done now; ``None`` where there is none.

    Still closed, nothing is done: the page says so (503), and is asked for again.
    """
    session = request.visiteur.session
    identite = session.ouvrir().identite if request.COOKIES.get(settings.COOKIE_D_AVANT) == A_FINIR else None
    if identite is None:
        return None
    venue = Venue(session.compte, request.COOKIES[settings.COOKIE_DE_SESSION])
    reponse = redirect(_ouvrir(request, venue, identite, reverse("espace"), le=request.visiteur.instant))
    reponse.delete_cookie(settings.COOKIE_D_AVANT)
    return reponse


def _ouvrir(request: HttpRequest, venue: Venue, identite: IdentitePivot, espace: str, *, le: datetime) -> str:
    """Link the account to what is theirs, and tell this sign-in in the history of what it opens; where it leads."""
    issue = rattacher(identite, compte=venue.compte, survenu_le=le).issue
    session = get_session(venue.secret, le=le)
    assert session is not None
    noter_connexions(
        list_joignables(session, le=le)[0],
        session.voie,
        appareil=appareil_de(request.headers.get("User-Agent", "")),
        survenu_le=le,
    )
    return suite_de(venue, espace + ("?verification=oui" if issue is Issue.VERIFICATION else ""), le=le)


@require_POST
def deconnexion(request: RequeteDuMenage) -> HttpResponse:
    """Ours ends first: if FranceConnect does not answer, the person is out all the same."""
    visiteur = request.visiteur
    jeton = visiteur.session.ouvrir().jeton
    fermer(visiteur.session.cle, acte=Acte(request.acteur, visiteur.instant))
    return _sortir(request, jeton)


@require_http_methods(["GET", "HEAD", "POST"])
def fermer_le_compte(request: RequeteDuMenage) -> HttpResponse:
    """What is erased and what stays is said first; then one button, and the person is out."""
    visiteur = request.visiteur
    if request.method == "POST":
        jeton = visiteur.session.ouvrir().jeton
        fermer_son_compte(visiteur.session, visiteur.visites, survenu_le=visiteur.instant)
        return _sortir(request, jeton)
    refus = (refus_de(exiger_geste, Geste.FERMER_COMPTE, v.presence) for v in visiteur.visites)
    contexte = {"refus": next(filter(None, refus), "")}
    return render(request, "portail/menage/fermer_compte.html", contexte)


def _sortir(request: HttpRequest, jeton: str) -> HttpResponse:
    rotate_token(request)
    reponse = HttpResponseRedirect(_fin(jeton), status=303)
    reponse.delete_cookie(settings.COOKIE_DE_SESSION)
    return reponse


def _fin(jeton: str) -> str:
    """Where a session ends: at its provider too, unless a code opened it."""
    if not jeton:
        return reverse("retour-de-deconnexion")
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


@require_POST
def prolonger_la_session(request: RequeteDuMenage) -> JsonResponse:
    """Nothing more than to have been here: the seconds that the session has left."""
    return JsonResponse({"secondes": request.visiteur.finit_dans})
