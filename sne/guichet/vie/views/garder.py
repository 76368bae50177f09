"""An adult of the household comes to the counter to keep a demande that was to end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sne.guichet.lecture.lire import lire_demande
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.vie.actions.arreter import garder_demande
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.DEMANDE_RENOUVELER)
@require_POST
def garder(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Nothing ends any more; the household is written to."""
    fiche = lire_demande(request, nud)
    garder_demande(fiche.demande.id, acte=acte_de(request))
    messages.success(request, "La demande est gardée.")
    return redirect("demande", fiche.demande.nud)
