"""A batch of attestations: what it holds, its file, its hand-over."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sne.attestations.actions import consigner_remises, ouvrir_lot
from sne.attestations.rules import LIBELLES_MODELE
from sne.attestations.selectors import get_lot, list_parts_imprimees
from sne.guichet.attestations.forms import FormulaireRemise
from sne.guichet.attestations.views.dossier import en_pdf
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.socle.erreurs import Interdit
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.ATTESTATION_EMETTRE)
@require_GET
def lot(request: RequeteHabilitee, lot_id: uuid.UUID) -> HttpResponse:
    """Its attestations, in the order of the file, with the hash of what each prints."""
    lu = get_lot(lot_id, acteur=request.acteur)
    contexte = {
        "lot": lu,
        "auteur": lu.imprime_par["nom"],
        "empreinte": bytes(lu.empreinte).hex(),
        "parts": [(part, LIBELLES_MODELE[part.modele]) for part in list_parts_imprimees(lu)],
        "formulaire": FormulaireRemise(),
    }
    return render(request, "guichet/attestations/lot.html", contexte)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_GET
def fichier(request: RequeteHabilitee, lot_id: uuid.UUID) -> HttpResponse:
    """The file of a batch (PDF), shown in the browser; opening it is a line of each history."""
    ouvert = ouvrir_lot(lot_id, acte=acte_de(request))
    return en_pdf(ouvert.nom, ouvert.contenu)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_POST
def remettre(request: RequeteHabilitee, lot_id: uuid.UUID) -> HttpResponse:
    """Record that every attestation of a batch was given the same way."""
    lu = get_lot(lot_id, acteur=request.acteur)
    formulaire = FormulaireRemise(request.POST)
    if not formulaire.is_valid():
        messages.error(request, formulaire.erreurs()[0].phrase)
        return redirect("attestations-lot", lot_id)
    try:
        nombre = consigner_remises(
            [part.reference for part in list_parts_imprimees(lu)],
            canal=formulaire.cleaned_data["canal"],
            acte=acte_de(request),
            lot=lu.id,
        )
    except Interdit as exc:
        messages.error(request, exc.phrase)
        return redirect("attestations-lot", lot_id)
    pluriel = "s" if nombre > 1 else ""
    messages.success(request, f"{nombre} remise{pluriel} consignée{pluriel}.")
    return redirect("attestations-a-remettre")
