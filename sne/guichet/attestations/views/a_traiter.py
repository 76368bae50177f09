"""The cases that the service could not draw, and the sentence that ends each."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sne.attestations.actions import traiter_attestation
from sne.attestations.selectors import CasATraiter, list_a_traiter
from sne.guichet.attestations.forms import FormulaireSuite
from sne.guichet.attestations.views.onglets import onglets
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.socle.pages import adresses_des_pages, lire_position
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.ATTESTATION_TRAITER)
@require_GET
def a_traiter(request: RequeteHabilitee) -> HttpResponse:
    """The cases that the service could not draw, the oldest first."""
    return _montrer(request)


@exiger(Permission.ATTESTATION_TRAITER)
@require_POST
def traiter(request: RequeteHabilitee, cas_id: uuid.UUID) -> HttpResponse:
    """End a case with the sentence that says how the household got its attestation."""
    formulaire = FormulaireSuite(request.POST, prefix=str(cas_id))
    if not formulaire.is_valid():
        return _montrer(request, formulaire)
    suite = formulaire.cleaned_data["suite"]
    traiter_attestation(cas_id, suite=suite, acte=acte_de(request))
    messages.success(request, "Cas clos. La suite donnée est inscrite dans l’historique du dossier.")
    return redirect("attestations-a-traiter")


def _montrer(request: RequeteHabilitee, refuse: FormulaireSuite | None = None) -> HttpResponse:
    """The page asked for. After a refused form it is shown at the form's address, with the case and what was typed."""
    position = lire_position(apres=request.GET.get("apres", ""), avant=request.GET.get("avant", ""))
    page = list_a_traiter(request.acteur, position=position)
    contexte = {
        "cas": [(cas, _formulaire(cas, refuse)) for cas in page.lignes],
        "ici": request.GET.urlencode(),
        "erreurs": refuse.erreurs() if refuse else (),
        "onglets": onglets(request.acteur),
        "onglet": "attestations-a-traiter",
        **adresses_des_pages(page, {}),
    }
    return render(request, "guichet/attestations/a_traiter.html", contexte)


def _formulaire(cas: CasATraiter, refuse: FormulaireSuite | None) -> FormulaireSuite:
    prefixe = str(cas.id)
    return refuse if refuse and refuse.prefix == prefixe else FormulaireSuite(prefix=prefixe)
