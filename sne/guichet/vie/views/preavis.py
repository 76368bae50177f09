"""Households that no notice of renewal reached: somebody tells them before they are struck off."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sne.guichet.lecture.dossier import echeance
from sne.guichet.listes.parcours import retenir
from sne.guichet.listes.presentation import ADRESSE
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.vie.selectors.preavis import compter_preavis_a_remettre, list_preavis_a_remettre
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, identifiant


@exiger(Permission.DEMANDE_RENOUVELER)
@require_GET
def preavis_a_remettre(request: RequeteHabilitee) -> HttpResponse:
    """Those struck off soonest first; numbers only, the file says the rest and journals that it was read."""
    apres = request.GET.get("apres", "")
    page = list_preavis_a_remettre(request.acteur, apres=identifiant(apres))
    lignes = [
        (
            ligne,
            echeance(ligne.date_radiation, aujourd_hui()),
            reverse("demande-modifier", args=[ligne.nud, ADRESSE]),
        )
        for ligne in page.lignes
    ]
    retenir(request, "Préavis à remettre", ((ligne.nud, ou) for ligne, _, ou in lignes))
    contexte = {
        "lignes": lignes,
        "total": compter_preavis_a_remettre(request.acteur),
        "apres": apres,
        "suite": page.suivante.rang if page.suivante else None,
    }
    return render(request, "guichet/vie/preavis.html", contexte)
