"""The ways into a file online: whose, since when, on which proof; and the button that closes one."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.rattachement.presentation import presenter
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.demande.rules.rattachement import FinRattachement
from sne.registre.mandat.actions.retirer import retirer_aide
from sne.registre.mandat.possible import exiger_enregistrable
from sne.registre.mandat.selectors.mandats import list_mandats_de
from sne.registre.rattachement.actions.rattacher import detacher
from sne.registre.rattachement.actions.signaler import rouvrir_au_guichet
from sne.registre.rattachement.possible import exiger_acces_fermable
from sne.registre.rattachement.selectors.contacts import is_fermee_au_code
from sne.registre.rattachement.selectors.liens import list_acces
from sne.socle.erreurs import refus_de
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de

FERME = "Accès en ligne fermé. La personne devra prouver de nouveau son identité pour suivre cette demande."

AIDE_ARRETEE = (
    "Aide arrêtée. Qui aidait ne peut plus rien faire pour cette demande. L’historique le dit à la personne."
)
ROUVERT = "Connexion par code rouverte. La personne peut de nouveau ouvrir cette demande avec son numéro et un code."


@exiger(Permission.DEMANDE_LIRE)
@require_GET
def acces(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Open and ended ways in, newest first."""
    fiche = lire_demande(request, nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "acces": [presenter(un) for un in list_acces(fiche.demande.id, request.acteur)],
        "aides": list_mandats_de(fiche.demande.id, request.acteur, le=aujourd_hui()),
        "code_ferme": is_fermee_au_code(fiche.demande.id),
        "peut_enregistrer": not refus_de(exiger_enregistrable, fiche.source, request.acteur),
        "peut_fermer": not refus_de(exiger_acces_fermable, fiche.demande, request.acteur),
    }
    return render(request, "guichet/rattachement/acces.html", contexte)


@exiger(Permission.DEMANDE_MODIFIER)
@require_POST
def fermer(request: RequeteHabilitee, nud: str, acces_id: uuid.UUID) -> HttpResponse:
    """Close one; closed already, the page says so by itself."""
    fiche = lire_demande(request, nud)
    detacher(acces_id, de=fiche.demande.id, motif=FinRattachement.GUICHET, acte=acte_de(request))
    messages.success(request, FERME)
    return redirect("demande-acces", fiche.demande.nud)


@exiger(Permission.DEMANDE_MODIFIER)
@require_POST
def arreter_une_aide(request: RequeteHabilitee, nud: str, mandat_id: uuid.UUID) -> HttpResponse:
    """End what a person authorised a helper to do; ended already, the page says so by itself."""
    fiche = lire_demande(request, nud)
    retirer_aide(mandat_id, de=fiche.demande.id, acte=acte_de(request))
    messages.success(request, AIDE_ARRETEE)
    return redirect("demande-acces", fiche.demande.nud)


@exiger(Permission.DEMANDE_MODIFIER)
@require_POST
def rouvrir_le_code(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Let codes open this demande again; they do already, the page says so by itself."""
    fiche = lire_demande(request, nud)
    rouvrir_au_guichet(fiche.demande.id, acte=acte_de(request))
    messages.success(request, ROUVERT)
    return redirect("demande-acces", fiche.demande.nud)
