"""Lists of a counter: what is left to hand over, and the register of what was issued."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sne.attestations.actions import consigner_remises, imprimer_lot
from sne.attestations.parametres import ParametresAttestations
from sne.attestations.selectors import (
    AttestationEmise,
    FiltreRegistre,
    compter_a_remettre,
    list_a_remettre,
    list_registre,
)
from sne.guichet.attestations.forms import FormulaireFiltre, FormulaireRemise
from sne.guichet.attestations.presentation import presenter_page
from sne.guichet.attestations.views.onglets import onglets
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres, list_guichets
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.pages import Page, adresses_des_pages, lire_position
from sne.socle.requete import RequeteHabilitee

Lister = Callable[..., Page[AttestationEmise]]


@exiger(Permission.ATTESTATION_EMETTRE)
@require_GET
def a_remettre(request: RequeteHabilitee) -> HttpResponse:
    """What is left to hand over, the oldest first; every box of the page is ticked when asked to."""
    contexte, tout = _contexte(request, list_a_remettre), request.GET.get("tout") == "oui"
    garde = {nom: valeur for nom, valeur in request.GET.items() if nom != "tout"}
    contexte |= {
        "nombre": compter_a_remettre(contexte["filtre"], acteur=request.acteur),
        "au_plus": get_parametres(aujourd_hui())[ParametresAttestations].lot_attestations_max,
        "tout": tout,
        "cocher": "?" + urlencode(garde if tout else garde | {"tout": "oui"}),
        "formulaire": FormulaireRemise(),
        "onglet": "attestations-a-remettre",
    }
    return render(request, "guichet/attestations/a_remettre.html", contexte)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_GET
def registre(request: RequeteHabilitee) -> HttpResponse:
    """What was issued, when, by whom, how it was handed over; the newest first."""
    contexte = _contexte(request, list_registre) | {"onglet": "attestations-registre"}
    return render(request, "guichet/attestations/registre.html", contexte)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_POST
def imprimer(request: RequeteHabilitee) -> HttpResponse:
    """Print the ticked attestations in one file."""
    try:
        lot = imprimer_lot(request.POST.getlist("reference"), acte=Acte(request.acteur, maintenant()))
    except Interdit as exc:
        messages.error(request, exc.phrase)
        return redirect("attestations-a-remettre")
    return redirect("attestations-lot", lot.id)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_POST
def consigner(request: RequeteHabilitee) -> HttpResponse:
    """Record that the ticked attestations were given."""
    references = request.POST.getlist("reference")
    formulaire = FormulaireRemise(request.POST)
    if not references or not formulaire.is_valid():
        phrase = formulaire.erreurs()[0].phrase if references else "Cochez au moins une attestation."
        messages.error(request, phrase)
        return redirect("attestations-a-remettre")
    try:
        canal = formulaire.cleaned_data["canal"]
        nombre = consigner_remises(references, canal=canal, acte=Acte(request.acteur, maintenant()))
    except Interdit as exc:
        messages.error(request, exc.phrase)
    else:
        pluriel = "s" if nombre > 1 else ""
        messages.success(request, f"{nombre} remise{pluriel} consignée{pluriel}.")
    return redirect("attestations-a-remettre")


def _contexte(request: RequeteHabilitee, lister: Lister) -> dict[str, Any]:
    """A page of a list of the actor's counter, or of the counter chosen by a territorial manager."""
    acteur, le = request.acteur, aujourd_hui()
    guichets = (
        [] if acteur.guichet else [(g.code, str(g.libelle)) for g in list_guichets(acteur.territoire, le=le)]
    )
    formulaire = FormulaireFiltre(request.GET, guichets=guichets)
    garde = formulaire.valeurs()
    filtre = FiltreRegistre(
        territoire=acteur.territoire,
        guichet=acteur.guichet or garde.get("guichet", ""),
        canal_prevu=garde.get("remise", ""),
    )
    position = lire_position(apres=request.GET.get("apres", ""), avant=request.GET.get("avant", ""))
    page = lister(filtre, acteur=acteur, position=position)
    return {
        "filtre": filtre,
        "filtrer": formulaire,
        "lignes": presenter_page(page, aujourd_hui=le),
        "onglets": onglets(acteur),
        **adresses_des_pages(page, garde),
    }
