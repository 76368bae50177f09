"""Changes of identity read again by chance: the list, then one of them, without what was decided."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.accueil.onglets import onglets
from sne.guichet.identite.forms import FormulaireRelecture
from sne.guichet.identite.presentation import presenter_relecture
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.listes.parcours import apres, retenir
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.identite.actions.relire import relire_identite
from sne.registre.identite.selectors.relectures import get_relecture
from sne.registre.listes.rules.listes import CodeFile
from sne.saisie.cadre import get_lecture
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

CONCORDE = "Lecture enregistrée. Elle rejoint la première décision."
DIVERGE = (
    "Lecture enregistrée. Elle diffère de la première décision\u00a0: ouvrez le dossier {nud}, et une enquête s’il le "
    "faut."
)


@exiger(Permission.ETAT_CIVIL_RELIRE)
@require_GET
def relectures(request: RequeteHabilitee) -> HttpResponse:
    """Changes drawn that nobody has read again, the oldest first."""
    page, de_la_file = ouvrir_file(request, CodeFile.RELECTURES)
    retenir(request, "À relire", ((lue.nud, reverse("relecture", args=[lue.id])) for lue in page.lignes))
    contexte = {"onglets": onglets(request.acteur), "onglet": "relectures", **de_la_file}
    return render(request, "guichet/identite/relectures.html", contexte)


@exiger(Permission.ETAT_CIVIL_RELIRE)
@require_http_methods(["GET", "POST"])
def relecture(request: RequeteHabilitee, identite_id: uuid.UUID) -> HttpResponse:
    """What was asked, on which documents; a valid form keeps what the reader would have decided."""
    lue = get_relecture(identite_id, request.acteur, le=aujourd_hui())
    formulaire = FormulaireRelecture(saisi_de(request))
    if formulaire.is_valid():
        try:
            concorde = relire_identite(lue.id, **formulaire.cleaned_data, acte=acte_de(request))
        except Interdit as exc:
            formulaire.refuser_ou_lever(exc)
        else:
            dit = messages.success if concorde else messages.warning
            dit(request, CONCORDE if concorde else DIVERGE.format(nud=lue.nud))
            return apres(request, reverse("relectures"))
    contexte = {
        "change": presenter_relecture(lue, get_lecture(aujourd_hui())),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/identite/relire.html", contexte)
