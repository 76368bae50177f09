"""Every indicator in words, those that no report shows any more too."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.rapports.rules.formules import carte
from sne.infocentre.rapports.selectors.catalogue import get_lectures, list_catalogue
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.RAPPORT_LIRE)
@require_GET
def indicateurs(request: RequeteHabilitee) -> HttpResponse:
    """The catalogue: number, label and card of each."""
    lectures = get_lectures(aujourd_hui())
    contexte = {"indicateurs": [(d, carte(d, lectures)) for d in list_catalogue()]}
    return render(request, "guichet/infocentre/indicateurs.html", contexte)
