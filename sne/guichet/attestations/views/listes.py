"""Lists of a counter: what is left to hand over, and the register of what was issued."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sne.attestations.actions import consigner_remises, imprimer_lot
from sne.attestations.parametres import ParametresAttestations
from sne.attestations.rules import (
    LIBELLES_CANAL_REMISE,
    LIBELLES_MODELE,
    CanalRemise,
    Modele,
    refus_de_remise,
)
from sne.attestations.selectors import AttestationEmise, list_emises
from sne.guichet.attestations.filtre import list_guichets_a_choisir
from sne.guichet.attestations.forms import FormulaireFiltre, FormulaireRemise
from sne.guichet.attestations.presentation import presenter
from sne.guichet.attestations.views.onglets import onglets
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.plusieurs.lignes import Ligne
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.listes.rules.listes import CodeFile
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import aujourd_hui, jour
from sne.socle.requete import RequeteHabilitee, acte_de
from sne.socle.templatetags.socle_tags import date_fr

AU_PLUS = 50  # of a page of the list
DEJA = "Cette remise était déjà consignée."


@exiger(Permission.ATTESTATION_EMETTRE)
@require_GET
def a_remettre(request: RequeteHabilitee) -> HttpResponse:
    """What is left to hand over, the oldest first; every box of the page is ticked when asked to."""
    contexte, tout = _contexte(request, CodeFile.ATTESTATIONS), request.GET.get("tout") == "oui"
    garde = {nom: valeur for nom, valeur in request.GET.items() if nom != "tout"}
    contexte |= {
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
    contexte = _contexte(request, CodeFile.REGISTRE) | {"onglet": "attestations-registre"}
    return render(request, "guichet/attestations/registre.html", contexte)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_POST
def imprimer(request: RequeteHabilitee) -> HttpResponse:
    """Print the ticked attestations in one file."""
    try:
        lot = imprimer_lot(request.POST.getlist("reference"), acte=acte_de(request))
    except Interdit as exc:
        messages.error(request, exc.phrase)
        return redirect("attestations-a-remettre")
    return redirect("attestations-lot", lot.id)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_POST
def consigner(request: RequeteHabilitee) -> HttpResponse:
    """Say that the ticked attestations were given: read again one by one, then each recorded on its own."""
    references = request.POST.getlist("reference")[:AU_PLUS]
    formulaire = FormulaireRemise(request.POST)
    if not references or not formulaire.is_valid():
        phrase = formulaire.erreurs()[0].phrase if references else "Cochez au moins une attestation."
        messages.error(request, phrase)
        return redirect("attestations-a-remettre")
    canal = formulaire.cleaned_data["canal"]
    emises = list_emises(references, acteur=request.acteur)
    if len(emises) != len(set(references)):
        raise Introuvable("Aucune attestation dans votre périmètre sous cette référence.")
    faire = "faire" in request.POST
    lignes = [
        _remettre(request, emise, canal) if faire else _prevoir(emise, LIBELLES_CANAL_REMISE[canal])
        for emise in emises
    ]
    contexte = {
        "lignes": lignes,
        "faites": faire,
        "canal": canal,
        "reste": sum(not x.refusee for x in lignes),
    }
    return render(request, "guichet/attestations/consigner.html", contexte)


def _prevoir(emise: AttestationEmise, comment: str) -> Ligne:
    modele = LIBELLES_MODELE[Modele(emise.modele)]
    refus = refus_de_remise(CanalRemise.GUICHET, remplacee=emise.remplacee_le is not None)
    phrase = refus or f"{modele} du {date_fr(jour(emise.survenu_le))}\u00a0: {comment}"
    return Ligne(emise.numero, emise.nom, phrase, bool(refus), emise.reference)


def _remettre(request: RequeteHabilitee, emise: AttestationEmise, canal: CanalRemise) -> Ligne:
    """One hand-over; why not, in its place."""
    try:
        faite = consigner_remises([emise.reference], canal=canal, acte=acte_de(request))
    except Interdit as exc:
        return Ligne(emise.numero, emise.nom, exc.phrase, refusee=True)
    return Ligne(emise.numero, emise.nom, "Remise consignée." if faite else DEJA, refusee=False)


def _contexte(request: RequeteHabilitee, code: CodeFile) -> dict[str, Any]:
    """A page of a list of the actor's counter, or of the counter chosen by a territorial manager."""
    page, de_la_file = ouvrir_file(request, code)
    return de_la_file | {
        "filtrer": FormulaireFiltre(request.GET, guichets=list_guichets_a_choisir(request.acteur)),
        "lignes": [presenter(emise, le=aujourd_hui()) for emise in page.lignes],
        "onglets": onglets(request.acteur),
    }
