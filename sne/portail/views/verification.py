"""Check of an attestation, confirmation of an address."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from sne.attestations.rules import grouper_reference
from sne.attestations.selectors import verifier_reference
from sne.portail.forms import FormulaireReference
from sne.portail.liens import adresse, dans_sa_langue, ferme, montrer
from sne.portail.limite import limiter
from sne.portail.views.reponses import prive, sans_index
from sne.registre.joindre.actions.verifier_courriel import LienPerime, verifier_courriel
from sne.socle import horloge
from sne.socle.erreurs import Introuvable


@login_not_required
@never_cache
@require_GET
def saisir(request: HttpRequest) -> HttpResponse:
    """Ask for a reference, then lead to its page."""
    formulaire = FormulaireReference(request.GET if "reference" in request.GET else None)
    if formulaire.is_valid():
        return redirect("verifier", formulaire.cleaned_data["reference"])
    return sans_index(_montrer_saisie(request, formulaire))


@login_not_required
@never_cache
@require_GET
@limiter
def verifier(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer for a reference: valid, replaced, no longer valid, unknown. Always the same page and status."""
    formulaire = FormulaireReference({"reference": reference})
    if not formulaire.is_valid():
        return sans_index(_montrer_saisie(request, formulaire))
    lue = formulaire.cleaned_data["reference"]
    contexte = {
        "verification": verifier_reference(lue, aujourd_hui=horloge.aujourd_hui()),
        "reference": grouper_reference(lue),
    }
    return sans_index(render(request, "portail/verification.html", contexte))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@dans_sa_langue
@limiter
def verifier_adresse(request: HttpRequest, jeton: str) -> HttpResponse:
    """A button: mail scanners open links, so opening this one changes nothing. Any bad link gives the same page."""
    if request.method == "GET":
        return prive(montrer(request, "portail/courriel.html"))
    try:
        verifier_courriel(jeton, survenu_le=horloge.maintenant())
    except (LienPerime, Introuvable):
        return ferme(request, "portail/lien_perime.html")
    return prive(redirect(adresse("courriel-confirme")))


@login_not_required
@never_cache
@require_GET
@dans_sa_langue
def courriel_confirme(request: HttpRequest) -> HttpResponse:
    """What follows the button; it says nothing of whom."""
    return montrer(request, "portail/courriel_confirme.html")


def _montrer_saisie(request: HttpRequest, formulaire: FormulaireReference) -> HttpResponse:
    contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "portail/verifier.html", contexte)
