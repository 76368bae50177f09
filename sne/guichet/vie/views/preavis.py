"""Households that no notice of renewal reached: somebody tells them before they are struck off."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.vie.selectors.preavis import compter_preavis_a_remettre, list_preavis_a_remettre
from sne.socle.requete import RequeteHabilitee, identifiant


@exiger(Permission.DEMANDE_RENOUVELER)
@require_GET
def preavis_a_remettre(request: RequeteHabilitee) -> HttpResponse:
    """Those struck off soonest first; numbers only, the file says the rest and journals that it was read."""
    apres = request.GET.get("apres", "")
    page = list_preavis_a_remettre(request.acteur, apres=identifiant(apres))
    contexte = {
        "lignes": page.lignes,
        "total": compter_preavis_a_remettre(request.acteur),
        "apres": apres,
        "suite": page.suivante.rang if page.suivante else None,
    }
    return render(request, "guichet/vie/preavis.html", contexte)
