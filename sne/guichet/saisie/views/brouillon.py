"""The steps of a registration, one address each."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.saisie.enregistrement import get_enregistrement
from sne.guichet.saisie.views.pages import traiter_page
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.modification.actions.brouillons import abandonner_brouillon
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def etape(request: RequeteHabilitee, brouillon_id: uuid.UUID, etape: str) -> HttpResponse:
    """One screen."""
    enregistrement = get_enregistrement(brouillon_id, request.acteur, le=aujourd_hui())
    return traiter_page(request, enregistrement, etape)


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def abandonner(request: RequeteHabilitee, brouillon_id: uuid.UUID) -> HttpResponse:
    """Drop a draft for good, once asked whether that is meant."""
    if request.method == "GET":
        enregistrement = get_enregistrement(brouillon_id, request.acteur, le=aujourd_hui())
        return render(request, "guichet/saisie/abandonner.html", {"enregistrement": enregistrement})
    abandonner_brouillon(brouillon_id, acteur=request.acteur)
    messages.success(request, "Brouillon supprimé.")
    return redirect("accueil")
