"""The cases that the service could not draw, and the sentence that ends each."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sne.attestations.actions import traiter_attestation
from sne.attestations.selectors import list_a_traiter
from sne.guichet.attestations.forms import FormulaireSuite
from sne.guichet.attestations.views.onglets import onglets
from sne.guichet.exiger import exiger
from sne.habilitations.rules import Permission
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee


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
    traiter_attestation(cas_id, suite=suite, acteur=request.acteur, survenu_le=maintenant())
    messages.success(request, "Cas clos. La suite donnée est inscrite dans l’historique du dossier.")
    return redirect("attestations-a-traiter")


def _montrer(request: RequeteHabilitee, refuse: FormulaireSuite | None = None) -> HttpResponse:
    cas = [
        (
            un_cas,
            refuse if refuse and refuse.prefix == str(un_cas.id) else FormulaireSuite(prefix=str(un_cas.id)),
        )
        for un_cas in list_a_traiter(request.acteur)
    ]
    contexte = {
        "cas": cas,
        "erreurs": refuse.erreurs() if refuse else (),
        "onglets": onglets(request.acteur),
        "onglet": "attestations-a-traiter",
    }
    return render(request, "guichet/attestations/a_traiter.html", contexte)
