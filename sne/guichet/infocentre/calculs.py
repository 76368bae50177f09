"""How far counting goes: what is counted, what still waits; read again by whoever asks, without a script."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.lac.selectors import get_avancement
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.RAPPORT_LIRE)
@require_GET
def calculs(request: RequeteHabilitee) -> HttpResponse:
    """The state of the moment."""
    instant = maintenant()
    contexte = {"avancement": get_avancement(le=instant), "instant": instant}
    return render(request, "guichet/infocentre/calculs.html", contexte)
