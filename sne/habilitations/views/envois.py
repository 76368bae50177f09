"""What one's last session was sending when it ended, to be sent again or not; a session that is about to end."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from sne.habilitations.envois import Envoi, list_envois, oublier_envoi
from sne.habilitations.middleware import est_sure
from sne.habilitations.revoir import PARAMETRE

OUBLIE = "Cet envoi est oublié. Rien n’a été enregistré."


@require_http_methods(["GET", "POST"])
def envois_gardes(request: Any) -> HttpResponse:
    """The forms kept, each with a button that sends it; nothing is sent by itself."""
    if request.method == "POST":
        oublier_envoi(request.acteur.id, request.POST.get("oublier", ""))
        messages.success(request, OUBLIE)
        return redirect("envois-gardes")
    ici = f"{request.acteur.territoire}/{request.acteur.guichet}"
    suite = request.GET.get("suite", "")
    sure = suite.startswith("/") and est_sure(request, suite)
    contexte = {
        "envois": [
            (envoi, _adresse(envoi), envoi.poste not in ("", ici)) for envoi in list_envois(request.acteur.id)
        ],
        "suite": suite if sure else resolve_url(settings.LOGIN_REDIRECT_URL),
    }
    return render(request, "habilitations/envois.html", contexte)


@require_POST
def prolonger(request: Any) -> JsonResponse:
    """The person is still there: how many seconds the session lasts from now."""
    return JsonResponse({"secondes": int(request.session_finit_dans.total_seconds())})


def _adresse(envoi: Envoi) -> str:
    """Where it is sent again, under its token: it is forgotten once it is answered."""
    liaison = "&" if "?" in envoi.adresse else "?"
    return f"{envoi.adresse}{liaison}{urlencode({PARAMETRE: envoi.jeton})}"
