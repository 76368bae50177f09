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
        (
            ligne,
            echeance(ligne.date_radiation, aujourd_hui()),
            pourquoi_sans_preavis(ligne),
            reverse("demande-modifier", args=[ligne.nud, ADRESSE]),
        )
        for ligne in page.lignes
    ]
    retenir(request, "Préavis à remettre", ((ligne.nud, ou) for ligne, *_, ou in lignes))
    return render(request, "guichet/vie/preavis.html", {"lignes": lignes, **de_la_file})
