"""Campaigns for counters: what one says of one under its page, its launch, how far counters are, steps recorded."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.cellules.routage import cellule_de, dans
from sne.espace_pro.cadre import acteur_de
from sne.espace_pro.forms import FormulaireCampagne
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission, cles_de
from sne.referentiels.selectors import get_parametres
from sne.registre.depot.rules.egalite import Moment
from sne.registre.depot.selectors.egalite import compter_etapes
from sne.sensibilisation.actions import accuser_campagne, lancer_campagne
from sne.sensibilisation.parametres import ParametresSensibilisation
from sne.sensibilisation.policies import can_lancer_campagne
from sne.sensibilisation.possible import exiger_accuser
from sne.sensibilisation.rules import couvrir
from sne.sensibilisation.rules.campagnes import GENRES, Genre, masquer_les_petits
from sne.sensibilisation.selectors import (
    get_campagne,
    get_campagne_de,
    get_lecteurs,
    guichets_qui_affichent,
    is_relayee,
    list_accuses,
    list_personnes,
)
from sne.site_pro.rules.pages import Genre as GenrePage
from sne.site_pro.selectors.lecture import PageBreve, list_pages
from sne.socle.erreurs import refus_de
from sne.socle.horloge import aujourd_hui, jour, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.socle.signes import nom_du_mois
from sne.suivi.selectors.guichets import list_fiches_suivies

CANAUX = {"GUICHET": "Au guichet", "PGP": "En ligne", "INTERFACE": "Par un logiciel"}
AVANT_CE_MOIS = relativedelta(months=5)
"""Six months are shown, this one with them."""


def campagne_de(request: HttpRequest, page: PageBreve) -> dict[str, Any]:
    """What its reader may do of the campaign that this page tells; nothing of another page."""
    acteur = acteur_de(request)
    if page.genre != GenrePage.CAMPAGNE or acteur is None:
        return {}
    campagne = get_campagne(page.code)
    if campagne is None:
        return {"lance": can_lancer_campagne(acteur)}
    with dans(cellule_de(acteur.territoire)):
        deja = list_accuses(page.code, acteur)
    le = jour(maintenant())
    gestes = [
        (genre.value, nom, genre in deja)
        for genre, nom in GENRES.items()
        if genre in deja or not refus_de(exiger_accuser, acteur, campagne, genre, jour=le)
    ]
    suit = acteur.peut(Permission.SUIVI_LIRE)
    return {"campagne": campagne, "gestes": gestes, "suit": suit}


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def accuser(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Read, shown, passed on: one button each."""
    dit = request.POST.get("genre", "")
    if dit not in set(Genre):
        raise Http404
    page = _page(request, code)
    with dans(cellule_de(request.acteur.territoire)):  # what a counter says is kept with its territory
        accuser_campagne(code, Genre(dit), acte=acte_de(request))
    messages.success(request, f"Noté\u00a0: {GENRES[Genre(dit)].lower()}.")
    return redirect(page.adresse)


@exiger(Permission.CONTENU_PUBLIER)
@require_http_methods(["GET", "POST"])
def lancer(request: RequeteHabilitee, code: str) -> HttpResponse:
    """From today to a day that is asked."""
    page = _page(request, code)
    formulaire = FormulaireCampagne(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter(
        lancer_campagne,
        code,
        titre=page.titre,
        lien=page.adresse,
        au=formulaire.cleaned_data["au"],
        acte=acte_de(request),
    ):
        messages.success(request, "La campagne est lancée.")
        return redirect(page.adresse)
    erreurs = formulaire.erreurs()
    return render(
        request,
        "espace_pro/campagne_lancer.html",
        {"page": page, "formulaire": formulaire, "erreurs": erreurs},
    )


@exiger(Permission.SUIVI_LIRE)
@require_GET
def couverture(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Counters that the reader follows, and the steps recorded there over six months."""
    with dans(cellule_de(request.acteur.territoire)):
        contexte = _couverture(request, code)
    return render(request, "espace_pro/campagne_couverture.html", contexte)


def _couverture(request: RequeteHabilitee, code: str) -> dict[str, Any]:
    campagne, le, territoire = get_campagne_de(code), aujourd_hui(), request.acteur.territoire
    fiches, _ = list_fiches_suivies(request.acteur, le=le)
    codes = [f.code for f in fiches]
    personnes = list_personnes(territoire, le=maintenant(), guichets=codes)
    lignes = couvrir(personnes, guichets=codes, acquis=get_lecteurs(code, personnes))
    affichent = guichets_qui_affichent(code, territoire)
    seuil = get_parametres(le)[ParametresSensibilisation].consigne_petit_nombre
    return {
        "campagne": campagne,
        "lignes": [(f.libelle, ligne, f.code in affichent) for f, ligne in zip(fiches, lignes, strict=True)],
        "lus": sum(ligne.rappel > 0 for ligne in lignes),
        "affiches": sum(code in affichent for code in codes),
        "relayee": is_relayee(code, territoire),
        "mesures": _mesures(territoire, codes, seuil=seuil),
        "seuil": seuil,
    }


def _mesures(territoire: str, guichets: list[str], *, seuil: int) -> list[dict[str, Any]]:
    le = aujourd_hui()
    comptes = compter_etapes(
        territoire,
        guichets,
        depuis=le.replace(day=1) - AVANT_CE_MOIS,
        jusque=le.replace(day=1) + relativedelta(months=1),
    )
    par_moment = {
        moment: masquer_les_petits(
            {f"{c.mois}{c.canal}": (c.demandes, c.etapes[moment]) for c in comptes}, seuil=seuil
        )
        for moment in Moment
    }
    return [
        {
            "mois": nom_du_mois(c.mois),
            "mode": CANAUX.get(c.canal, c.canal),
            "parts": [par_moment[moment][f"{c.mois}{c.canal}"] for moment in Moment],
        }
        for c in comptes
    ]


def _page(request: RequeteHabilitee, code: str) -> PageBreve:
    pages = list_pages(cles=cles_de(request.acteur), le=maintenant(), codes=[code])
    if not pages or pages[0].genre != GenrePage.CAMPAGNE:
        raise Http404
    return pages[0]
