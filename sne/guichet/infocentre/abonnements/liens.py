"""No longer receiving one’s own subscription, by the link of a message: nobody signs in, no page is needed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sne.infocentre.abonnements.actions.decider import arreter_par_lien
from sne.infocentre.abonnements.selectors.liens import lire_arret
from sne.infocentre.abonnements.tasks import service_des_abonnements
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant


@csrf_exempt  # a mail program calls too, from no page of ours: it proves itself by the token of the address
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def ne_plus_recevoir(request: HttpRequest, jeton: str) -> HttpResponse:
    """Ask first when it is opened: programs that look at links stop nothing. A POST stops it, as often as it comes."""
    lire_arret(jeton)
    fait = request.method == "POST"
    if fait:
        arreter_par_lien(jeton, acte=Acte(service_des_abonnements(), maintenant()))
    reponse = render(request, "guichet/infocentre/abonnements/ne_plus_recevoir.html", {"fait": fait})
    reponse["X-Robots-Tag"] = "noindex"
    return reponse
