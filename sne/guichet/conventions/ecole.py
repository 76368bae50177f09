"""The École: a vendor opens its agreement by itself, verifies its address, reads its key once. Nobody signs in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sne.conventions.actions import demander_a_l_ecole, ouvrir_a_l_ecole
from sne.conventions.possible import exiger_ecole
from sne.guichet.conventions.forms import OuvertureForm
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from sne.socle.requete import saisi_de


@login_not_required
@require_http_methods(["GET", "POST"])
def demander(request: HttpRequest) -> HttpResponse:
    """A vendor, the body, its address: a message leaves for it."""
    exiger_ecole()
    formulaire = OuvertureForm(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter(
        demander_a_l_ecole, formulaire.nouvelle(), lien=_lien, survenu_le=maintenant()
    ):
        return redirect("convention-ecole-envoyee")
    contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "guichet/conventions/ecole.html", contexte)


@login_not_required
@require_http_methods(["GET"])
def envoyee(request: HttpRequest) -> HttpResponse:
    """What to do next."""
    exiger_ecole()
    return render(request, "guichet/conventions/ecole_envoyee.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def verifier(request: HttpRequest, jeton: str) -> HttpResponse:
    """A button, which a reader of links does not press; then the key, once; pressed again, another certificate."""
    exiger_ecole()
    contexte: dict[str, Any] = {"remis": None, "refus": ""}
    if request.method == "POST":
        try:
            contexte["remis"] = ouvrir_a_l_ecole(jeton, survenu_le=maintenant())
        except Interdit as refus:
            contexte["refus"] = refus.phrase
    return render(request, "guichet/conventions/ecole_cle.html", contexte)


def _lien(jeton: str) -> str:
    return settings.URL_PUBLIQUE.rstrip("/") + reverse("convention-ecole-verifier", args=[jeton])
