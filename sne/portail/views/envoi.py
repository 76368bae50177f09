"""What the last session of this account was sending when it ended: to be sent again, or not."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.demandeurs.actions import oublier_envoi
from sne.demandeurs.selectors import get_envoi
from sne.portail.envois import adresse_de_reprise
from sne.portail.middleware import RequeteDuMenage


@require_http_methods(["GET", "HEAD", "POST"])
def garde(request: RequeteDuMenage) -> HttpResponse:
    """The form, with a button that sends it and one that forgets it: nothing is sent by itself."""
    visiteur = request.visiteur
    if request.method == "POST":
        oublier_envoi(visiteur.session.compte)
        return redirect("espace")
    envoi = get_envoi(visiteur.session, le=visiteur.instant)
    if envoi is None:
        return redirect("espace")
    contexte = {"envoi": envoi, "adresse": adresse_de_reprise(envoi)}
    return render(request, "portail/menage/envoi_garde.html", contexte)
