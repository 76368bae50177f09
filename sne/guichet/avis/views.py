"""A change that no message may announce: what it was, why nothing left, and how the person was told."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.guichet.avis.forms import FormulaireAvisPorte
from sne.guichet.listes.parcours import apres
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.avis.actions.avertir import porter_avis
from sne.registre.avis.rules.changement import RAISONS, phrase
from sne.registre.avis.selectors.changement import get_avis_a_porter
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de


@exiger(Permission.ENQUETE_OUVRIR)
@require_http_methods(["GET", "POST"])
def avis_a_porter(request: RequeteHabilitee, avis_id: uuid.UUID) -> HttpResponse:
    """Number and changes, no name: the file says the rest, and journals that it was read."""
    avis = get_avis_a_porter(avis_id, request.acteur)
    formulaire = FormulaireAvisPorte(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter(
        porter_avis, avis.id, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, "C’est noté. La personne a été prévenue.")
        return apres(request, reverse("avis-a-porter", args=[avis.id]))
    contexte = {
        "avis": avis,
        "pourquoi": RAISONS[avis.raison],
        "changements": [phrase(code) for code in avis.codes],
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/avis/porter.html", contexte)
