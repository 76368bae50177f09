"""Households that no notice of renewal reached: somebody tells them before they are struck off."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sne.guichet.lecture.dossier import echeance
from sne.guichet.listes.files import pourquoi_sans_preavis
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.listes.parcours import retenir
from sne.guichet.listes.presentation import ADRESSE
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.listes.rules.listes import CodeFile
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.DEMANDE_RENOUVELER)
@require_GET
def preavis_a_remettre(request: RequeteHabilitee) -> HttpResponse:
    """Those struck off soonest first; numbers only, the file says the rest and journals that it was read."""
    page, de_la_file = ouvrir_file(request, CodeFile.PREAVIS)
    lignes = [
        {
            "preavis": preavis,
            "radiation": echeance(preavis.date_radiation, aujourd_hui()),
            "pourquoi": pourquoi_sans_preavis(preavis),
            "ou": reverse("demande-modifier", args=[preavis.nud, ADRESSE]),
        }
        for preavis in page.lignes
    ]
    retenir(request, "Préavis à remettre", ((ligne["preavis"].nud, ligne["ou"]) for ligne in lignes))
    return render(request, "guichet/vie/preavis.html", de_la_file | {"lignes": lignes})
