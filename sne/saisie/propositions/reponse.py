"""What the combobox asks, and what it is answered in JSON. Each interface gives it an address.

What is typed travels in the body only: no name and no address is in a URL, nor in a log.
"""

from django.http import HttpRequest, JsonResponse

from sne.connecteurs.rules import Pour
from sne.referentiels.selectors import get_geographie
from sne.saisie.brut import brut_de, premier
from sne.saisie.propositions.chercher import proposer
from sne.saisie.propositions.dehors import DEHORS, vaut_encore
from sne.saisie.propositions.dites import Ou
from sne.socle.horloge import aujourd_hui

CHERCHER = "chercher"
"""The button, and the field of the script, that name what is looked for."""


def repondre(request: HttpRequest, *, pour: Pour) -> JsonResponse:
    """The proposals for the field that « chercher » names; 404 for one that proposes nothing."""
    brut = brut_de(request.POST)
    ou = Ou(pour, vaut_encore(premier(brut, DEHORS)), aujourd_hui())
    dites = proposer(premier(brut, CHERCHER), brut, geographie=get_geographie(), ou=ou)
    if dites is None:
        return JsonResponse({}, status=404)
    liste = [
        {"libelle": p.libelle, "detail": p.detail, "valeurs": p.valeurs, "choix": p.choix}
        for p in dites.liste
    ]
    return JsonResponse({"propositions": liste, "phrase": dites.phrase if dites.aide else ""})
