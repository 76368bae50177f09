"""What was explained and handed over: seen and recorded from the file, and right after the deposit."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.attestations.actions import remettre_en_main_propre
from sne.attestations.possible import Attestee, exiger_droit_d_emettre
from sne.attestations.selectors import list_attestations
from sne.guichet.attestations.presentation import phrases_de, remise_au_guichet
from sne.guichet.depot.forms.egalite import (
    FormulaireEgalite,
    attestation_cochee,
    champ_de,
    points_coches,
    saisie_egalite,
)
from sne.guichet.lecture import dossier
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.demande.selectors.etat import etat
from sne.registre.depot.actions.egalite import consigner_egalite_de_traitement
from sne.registre.depot.rules.egalite import Moment
from sne.registre.depot.selectors.egalite import get_egalite
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.saisie.brut import brut_de, premier
from sne.saisie.forms.lignes import construire
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de

CONSIGNE = "Explications et remises consignées."
APRES_DEPOT = "enregistree"
BLOC = "egalite"  # of the file
RETOURS = {APRES_DEPOT: "demande-enregistree"}


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def egalite(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The three steps; posted, the ones that the page showed are recorded."""
    if request.method == "POST":
        return _consigner(request, nud)
    fiche = consulter_demande(nud, acte=acte_de(request))
    etapes = get_egalite(fiche.demande.id, acteur=request.acteur)
    attestation = contexte_attestation(fiche.demande.id, fiche.demande, request.acteur)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "etapes": etapes,
        "formulaire": construire(
            FormulaireEgalite,
            saisie_egalite(etapes),
            controler=False,
            attestation=attestation["attestation_a_cocher"],
        ),
        **attestation,
    }
    return render(request, "guichet/depot/egalite.html", contexte)


def contexte_attestation(demande_id: uuid.UUID, demande: Attestee, acteur: Acteur) -> dict[str, Any]:
    """The last attestation as these pages tell it: what became of it, and whether it may be ticked as handed over."""
    derniere = next(iter(list_attestations(demande_id, acteur=acteur, au_plus=1)), None)
    remise = remise_au_guichet(derniere) if derniere else ""
    return {
        "attestation_remise": remise,
        "attestation_suites": phrases_de(derniere) if derniere and not remise else (),
        "attestation_a_cocher": not remise and not refus_de(exiger_droit_d_emettre, demande, acteur),
    }


def _remettre(request: RequeteHabilitee, demande_id: uuid.UUID) -> None:
    try:
        remettre_en_main_propre(demande_id, acte=acte_de(request))
    except Interdit as exc:
        messages.error(request, exc.phrase)


def _consigner(request: RequeteHabilitee, nud: str) -> HttpResponse:
    demande = etat(nud, maintenant(), acteur=request.acteur)
    brut = brut_de(request.POST)
    moments = [moment for moment in Moment if f"{champ_de(moment)}_montre" in brut]
    consigner_egalite_de_traitement(demande.demande_id, points_coches(brut, moments), acte=acte_de(request))
    retour = RETOURS.get(premier(brut, "retour"), "")
    messages.success(request, CONSIGNE, extra_tags="" if retour else BLOC)
    if attestation_cochee(brut):
        _remettre(request, demande.demande_id)
    if retour:
        return redirect(retour, demande.nud)
    return redirect(f"{reverse('demande', args=[demande.nud])}#{BLOC}")
