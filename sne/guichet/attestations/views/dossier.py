"""Attestations of one file: issued on request, opened, told as handed over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sne.attestations.actions import (
    consigner_remises,
    emettre_attestation,
    ouvrir_attestation,
    remettre_en_main_propre,
)
from sne.attestations.possible import exiger_attestable, exiger_droit_d_emettre
from sne.attestations.rules import AttestationAEtablir, Modele
from sne.attestations.selectors import list_attestations, list_registre_du_dossier
from sne.guichet.attestations.forms import CANAUX, FormulaireModele, FormulaireRemise
from sne.guichet.attestations.presentation import presenter
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.demande.selectors.etat import etat
from sne.registre.lecture.selectors.fiche import nom_du_dossier
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.pages import adresses_des_pages, lire_position
from sne.socle.requete import RequeteHabilitee, acte_de

REMISE = "Attestation remise en main propre\u00a0: c’est consigné, et inscrit dans l’historique du dossier."
DEJA_REMISE = "La remise de cette attestation est déjà consignée."
RETOURS = frozenset({"demande-enregistree", "demande-renouvelee"})
AUTRE_MODELE = "Ce modèle d’attestation n’existe pas. Choisissez-en un dans le dossier."


@exiger(Permission.ATTESTATION_EMETTRE)
@require_POST
def emettre(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Issue an attestation, the simplified one by default, then open its file; a refusal is told on the file's page."""
    demande = etat(nud, maintenant(), acteur=request.acteur)
    formulaire = FormulaireModele(request.POST)
    if not formulaire.is_valid():
        messages.error(request, AUTRE_MODELE)
        return redirect("demande", nud)
    try:
        attestation = emettre_attestation(
            demande.demande_id,
            acte=acte_de(request),
            modele=formulaire.cleaned_data["modele"],
        )
    except AttestationAEtablir as exc:
        messages.info(request, exc.phrase)
        return redirect("demande", nud)
    except Interdit as exc:
        messages.error(request, exc.phrase)
        return redirect("demande", nud)
    return redirect("attestation", attestation.reference)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_GET
def attestation(request: RequeteHabilitee, reference: str) -> HttpResponse:
    """The file (PDF), shown in the browser; opening it is a line of the history."""
    fichier = ouvrir_attestation(reference, acte=acte_de(request))
    return en_pdf(fichier.nom, fichier.contenu)


@exiger(Permission.DEMANDE_LIRE)
@require_GET
def du_dossier(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Everything issued for a file, page by page: when, by whom, how it was handed over."""
    demande = etat(nud, maintenant(), acteur=request.acteur)
    position = lire_position(apres=request.GET.get("apres", ""), avant=request.GET.get("avant", ""))
    page = list_registre_du_dossier(demande.demande_id, acteur=request.acteur, position=position)
    contexte = {
        "nud": demande.nud,
        "nom": nom_du_dossier(demande.contenu),
        "lignes": [presenter(emise, le=aujourd_hui()) for emise in page.lignes],
        "canaux": CANAUX,
        "renouvelee": demande.date_dernier_renouvellement is not None,
        "peut_emettre": not refus_de(exiger_droit_d_emettre, demande, request.acteur),
        "refus": refus_de(exiger_attestable, demande, request.acteur, le=aujourd_hui()),
        **adresses_des_pages(page, {}),
    }
    return render(request, "guichet/attestations/dossier.html", contexte)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_POST
def remettre(request: RequeteHabilitee, reference: str, nud: str) -> HttpResponse:
    """Record how an attestation of a file was given."""
    formulaire = FormulaireRemise(request.POST)
    if not formulaire.is_valid():
        messages.error(request, formulaire.erreurs()[0].phrase)
        return redirect("attestations-du-dossier", nud)
    try:
        canal = formulaire.cleaned_data["canal"]
        consigner_remises([reference], canal=canal, acte=acte_de(request))
    except Interdit as exc:
        messages.error(request, exc.phrase)
    else:
        messages.success(request, "Remise consignée. Elle est inscrite dans l’historique du dossier.")
    return redirect("attestations-du-dossier", nud)


@exiger(Permission.ATTESTATION_EMETTRE)
@require_POST
def remettre_en_main(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Record that the last attestation was just handed over; issued first if there is none. Back where it was."""
    demande = etat(nud, maintenant(), acteur=request.acteur)
    acte = acte_de(request)
    try:
        if not list_attestations(demande.demande_id, acteur=request.acteur, au_plus=1):
            emettre_attestation(demande.demande_id, acte=acte, modele=Modele.SIMPLIFIEE)
        faites = remettre_en_main_propre(demande.demande_id, acte=acte)
    except (Interdit, AttestationAEtablir) as exc:
        messages.error(request, exc.phrase)
    else:
        messages.success(request, REMISE if faites else DEJA_REMISE)
    retour = request.POST.get("retour", "")
    return redirect(retour if retour in RETOURS else "demande", demande.nud)


def en_pdf(nom: str, contenu: bytes) -> HttpResponse:
    """A file shown in the browser, under its name when it is kept."""
    reponse = HttpResponse(contenu, content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="{nom}"'
    return reponse
