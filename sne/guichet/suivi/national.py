"""The nation for who runs the service: every territory in counts, without any file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.socle.navigation import ouvre
from sne.socle.replique import lue_ailleurs
from sne.socle.requete import RequeteHabilitee
from sne.suivi.selectors.national import get_veille_nationale

CHEMINS = (
    ("aide-etat", "État du service"),
    ("habilitations", "Comptes et habilitations"),
    ("parametres", "Paramètres"),
    ("conventions", "Conventions"),
)
"""Where one goes from there: pages, and what they are called."""


@exiger(Permission.SUIVI_NATIONAL)
@require_GET
@lue_ailleurs
def national(request: RequeteHabilitee) -> HttpResponse:
    """Counts of last night."""
    contexte = {
        "lue": get_veille_nationale(request.acteur),
        "chemins": [(vue, nom) for vue, nom in CHEMINS if ouvre(request.acteur, vue)],
    }
    return render(request, "guichet/suivi/national.html", contexte)
