"""Online help in a territory: which bodies help whom, for the territorial manager."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.selectors.suivi import list_organismes_suivis
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.SUIVI_CLASSER)
@require_GET
def aides(request: RequeteHabilitee) -> HttpResponse:
    """Bodies by name: no person who is helped is named."""
    le = aujourd_hui()
    contexte = {
        "organismes": list_organismes_suivis(request.acteur, le=le),
        "au_plus": get_parametres(le)[ParametresMandat].mandat_actifs_par_aidant_max,
    }
    return render(request, "guichet/suivi/aides.html", contexte)
