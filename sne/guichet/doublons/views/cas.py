"""Decisions of the territorial manager: what waits, then one comparison and how it ends."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.accueil.onglets import onglets
from sne.guichet.doublons.forms.cas import FormulaireCloture
from sne.guichet.doublons.presentation.cas import presenter_cas, presenter_ligne
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.listes.parcours import apres, retenir
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.doublons.actions.cas import clore_cas, consulter_cas
from sne.registre.doublons.possible import exiger_cas_decidable
from sne.registre.doublons.selectors.cas import CasLu, get_cas
from sne.registre.listes.rules.listes import CodeFile
from sne.socle.erreurs import refus_de
from sne.socle.requete import RequeteHabilitee, acte_de

DECIDE = "Décision enregistrée. Le guichet qui a posé la question la lit sur sa page d’accueil."


@exiger(Permission.DOUBLON_DECIDER)
@require_GET
def decisions(request: RequeteHabilitee) -> HttpResponse:
    """Cases that wait, the oldest first."""
    page, de_la_file = ouvrir_file(request, CodeFile.PERSONNES)
    retenir(
        request,
        "Personnes à comparer",
        ((cas.nud, reverse("cas-doublon", args=[cas.id])) for cas in page.lignes),
    )
    contexte = de_la_file | {
        "lignes": [presenter_ligne(cas) for cas in page.lignes],
        "onglets": onglets(request.acteur),
        "onglet": "decisions",
    }
    return render(request, "guichet/doublons/cas_liste.html", contexte)


@exiger(Permission.DOUBLON_DECIDER)
@require_http_methods(["GET", "POST"])
def cas_doublon(request: RequeteHabilitee, cas_id: uuid.UUID) -> HttpResponse:
    """Two files compared, person by person; a valid form ends the case."""
    if request.method == "GET":
        cas = consulter_cas(cas_id, acte=acte_de(request))
        return _montrer(request, cas, FormulaireCloture())
    cas = get_cas(cas_id, request.acteur)
    formulaire = FormulaireCloture(request.POST)
    if formulaire.is_valid() and formulaire.tenter_ou_lever(
        clore_cas, cas.id, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, DECIDE)
        return apres(request, reverse("decisions"))
    return _montrer(request, cas, formulaire)


def _montrer(request: RequeteHabilitee, cas: CasLu, formulaire: FormulaireCloture) -> HttpResponse:
    contexte = {
        "presente": presenter_cas(cas),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "refus": refus_de(exiger_cas_decidable, cas, request.acteur),
    }
    return render(request, "guichet/doublons/cas.html", contexte)
