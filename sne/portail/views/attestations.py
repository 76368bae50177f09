"""The attestations of a demande: every one that was issued, each opened by who may read what it prints."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from sne.attestations.actions import ouvrir_attestation
from sne.attestations.rules import Modele, grouper_reference
from sne.attestations.selectors import Papier, list_papiers
from sne.demandeurs.rules.niveaux import Geste
from sne.portail.middleware import RequeteDuMenage
from sne.portail.visites import sienne_de
from sne.socle.horloge import aujourd_hui

NOMS = {
    Modele.SIMPLIFIEE: gettext_noop("Attestation simplifiée"),
    Modele.INTEGRALE: gettext_noop("Attestation complète, avec tout ce que vous avez déclaré"),
    Modele.RENOUVELLEMENT: gettext_noop("Attestation de renouvellement"),
}


@require_safe
def liste(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """All of them, the newest first, and what each is worth today."""
    sienne = sienne_de(request, nud, Geste.ATTESTATION_SIMPLIFIEE)
    papiers = list_papiers(sienne.demande.id, acteur=sienne.acte.acteur)
    contexte = {"nud": nud, "papiers": [_presenter(papier) for papier in papiers]}
    return render(request, "portail/menage/attestations.html", contexte)


@require_safe
def derniere(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """The one that says what the demande is today; just after a renewal, it takes a moment to be made."""
    sienne = sienne_de(request, nud, Geste.ATTESTATION_SIMPLIFIEE)
    depuis = sienne.demande.date_dernier_renouvellement or sienne.demande.date_depot
    pretes = (
        papier.reference
        for papier in list_papiers(sienne.demande.id, acteur=sienne.acte.acteur)
        if papier.ouvrable and not papier.remplacee and papier.date_delivrance >= depuis
    )
    reference = next(pretes, "")
    if not reference:
        return render(request, "portail/menage/attestation_en_cours.html", {"nud": nud})
    return redirect("attestation", nud, reference)


@require_safe
def ouvrir(request: RequeteDuMenage, nud: str, reference: str) -> HttpResponse:
    """The file; opening it is a line of the history."""
    sienne = sienne_de(request, nud, Geste.ATTESTATION_SIMPLIFIEE)
    fichier = ouvrir_attestation(reference, acte=sienne.acte)
    reponse = HttpResponse(fichier.contenu, content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'attachment; filename="{fichier.nom}"'
    return reponse


def _presenter(papier: Papier) -> dict[str, object]:
    valable = not papier.remplacee and papier.date_expiration >= aujourd_hui()
    return {
        "papier": papier,
        "nom": gettext(NOMS[Modele(papier.modele)]),
        "reference": grouper_reference(papier.reference),
        "valable": valable,
    }
