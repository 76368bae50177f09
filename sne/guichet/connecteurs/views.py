"""The State's services, as every professional may see them: in service, in trouble, off, and what it changes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sne.connecteurs.rules import Canal, Pour
from sne.connecteurs.selectors import list_services
from sne.socle.requete import RequeteHabilitee


@never_cache
@require_GET
def services(request: RequeteHabilitee) -> HttpResponse:
    """Each service, for the territory of this person."""
    pour = Pour(request.acteur.territoire, Canal.GUICHET)
    return render(request, "guichet/connecteurs/services.html", {"services": list_services(pour)})
