"""What readers say: to who answers for the page, and to who said it, with the difference that answered."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from sne.espace_pro.cadre import montrer
from sne.espace_pro.differences import differences_de
from sne.espace_pro.ecriture import reprendre
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission, cles_de
from sne.site_pro.actions.avis import voir_avis
from sne.site_pro.selectors.redaction import AVIS_AU_PLUS, get_reponse, list_avis, list_mes_avis
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.CONTENU_PROPOSER)
@require_GET
def recus(request: RequeteHabilitee) -> HttpResponse:
    """What is said of one's pages and that nobody has seen to."""
    contexte = {"avis": list_avis(request.acteur.id), "au_plus": AVIS_AU_PLUS}
    return montrer(request, "espace_pro/recus.html", contexte, onglet="aide-recus")


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def voir(request: RequeteHabilitee, avis: uuid.UUID) -> HttpResponse:
    """Seen, nothing to change."""
    voir_avis(avis, acte=acte_de(request))
    messages.success(request, "Le signalement est classé.")
    return redirect("aide-recus")


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def corriger(request: RequeteHabilitee, code: str, avis: uuid.UUID) -> HttpResponse:
    """A draft of the page, that will answer what was said."""
    return redirect("aide-ecrire", reprendre(request, code, avis=str(avis)))


@exiger(Permission.CONTENU_PROPOSER)
@require_GET
def miens(request: RequeteHabilitee) -> HttpResponse:
    """What one said, and what became of it."""
    return montrer(
        request, "espace_pro/miens.html", {"avis": list_mes_avis(request.acteur)}, onglet="aide-miens"
    )


@exiger(Permission.CONTENU_PROPOSER)
@require_GET
def reponse(request: RequeteHabilitee, avis: uuid.UUID) -> HttpResponse:
    """The difference that answered."""
    dit, avant, apres = get_reponse(avis, request.acteur, cles=cles_de(request.acteur), le=maintenant())
    contexte = {"dit": dit, "revision": apres, "differences": differences_de(avant, apres)}
    return montrer(request, "espace_pro/reponse.html", contexte)
