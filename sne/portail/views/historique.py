"""The history behind the link of a notice, read-only; « Ce n’est pas moi » about one of its lines."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from sne.portail.forms import FormulaireContestation
from sne.portail.histoire import dire_ligne
from sne.portail.liens import adresse, dans_sa_langue, ferme, montrer
from sne.portail.limite import limiter
from sne.portail.views.opposition import signer
from sne.portail.views.reponses import prive
from sne.registre.avis.actions.historique_par_lien import consulter_historique_par_lien, lire_ligne_du_lien
from sne.registre.avis.actions.s_opposer import LienFerme, contester_par_lien, lire_lien
from sne.registre.lecture.selectors.adresses_historique import lire_demandee, presenter_histoire
from sne.socle import horloge
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.pages import lire_place
from sne.socle.requete import identifiant


@login_not_required
@never_cache
@require_GET
@dans_sa_langue
@limiter
def lire(request: HttpRequest, jeton: str) -> HttpResponse:
    """What was done, when, by which body; no value but the reader's own address. A closed link says nothing more."""
    maintenant = horloge.maintenant()
    demandee = lire_demandee(request.GET.dict())
    try:
        cle = lire_lien(jeton, survenu_le=maintenant)
        lu = consulter_historique_par_lien(
            cle, demandee, survenu_le=maintenant, position=lire_place(request.GET.get("place", ""))
        )
    except (LienFerme, Introuvable):
        return ferme(request)
    contexte = {
        "histoire": presenter_histoire(lu.page.montrer(map(dire_ligne, lu.page.lignes)), demandee, lu.annees),
        "contester": adresse("historique-du-lien", jeton=jeton),
        "retour": adresse("s-opposer", jeton=jeton),
    }
    return prive(montrer(request, "portail/historique.html", contexte))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@dans_sa_langue
@limiter
def contester(request: HttpRequest, jeton: str, entree: uuid.UUID) -> HttpResponse:
    """The line, and a button: opening this page changes nothing. What is refused comes back with what was typed."""
    try:
        if request.method == "POST":
            return _contester(request, jeton, entree)
        return _montrer(request, jeton, entree, FormulaireContestation(initial={"formulaire": uuid.uuid4()}))
    except (LienFerme, Introuvable):
        return ferme(request)


def _contester(request: HttpRequest, jeton: str, entree: uuid.UUID) -> HttpResponse:
    poste = request.POST
    formulaire = identifiant(poste.get("formulaire", "")) or uuid.uuid4()
    try:
        recu = contester_par_lien(
            jeton,
            entree,
            formulaire=formulaire,
            contact=poste.get("contact", ""),
            survenu_le=horloge.maintenant(),
        )
    except LienFerme:
        raise
    except Interdit as refus:
        rempli = FormulaireContestation({"formulaire": formulaire, "contact": poste.get("contact", "")})
        rempli.refuser(refus)
        return _montrer(request, jeton, entree, rempli)
    return prive(redirect(adresse("opposition-recue", recu=signer(recu))))


def _montrer(
    request: HttpRequest, jeton: str, entree: uuid.UUID, formulaire: FormulaireContestation
) -> HttpResponse:
    contexte = {
        "ligne": dire_ligne(lire_ligne_du_lien(lire_lien(jeton, survenu_le=horloge.maintenant()), entree)),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "retour": adresse("historique-du-lien", jeton=jeton),
    }
    return prive(montrer(request, "portail/contester.html", contexte))
