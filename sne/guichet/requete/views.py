"""A change that a household asked for: what it wants, beside its file, and what this agent answers."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.guichet.listes.parcours import apres
from sne.guichet.pieces.presentation import presenter_pieces
from sne.guichet.requete.forms import FormulaireDocument, FormulaireRefus
from sne.guichet.requete.presentation import dire_actuel
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_pieces
from sne.registre.requete.actions.traiter import (
    conclure_requete,
    demander_document,
    ouvrir_requete,
    prendre_requete,
    refuser_requete,
    rendre_requete,
)
from sne.registre.requete.rules.requete import MotifRefus
from sne.saisie.cadre import get_lecture
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def requete(request: RequeteHabilitee, requete_id: uuid.UUID) -> HttpResponse:
    """The request, and a button for each act that may happen now; the change itself is made in the file."""
    acte, poste = acte_de(request), request.POST
    document = FormulaireDocument(poste if "document" in poste else None)
    refus = FormulaireRefus(poste if "refuser" in poste else None)
    erreurs: tuple[ErreurDeChamp, ...] = ()
    if request.method == "POST" and (not refus.is_bound or refus.is_valid()):
        document.is_valid()
        try:
            dit = _agir(requete_id, request, document, refus, acte)
        except Interdit as non:
            formulaire = document if document.is_bound else refus if refus.is_bound else None
            if non.champ and formulaire is not None:
                formulaire.add_error(non.champ, non.phrase)
            else:
                erreurs = (ErreurDeChamp(non.phrase),)
        else:
            messages.success(request, dit)
            return apres(request, reverse("requete", args=[requete_id]))
    ouverte, le = ouvrir_requete(requete_id, acte=acte), aujourd_hui()
    contexte = {
        "requete": ouverte,
        "actuel": dire_actuel(ouverte, get_lecture(le)),
        "pieces": None
        if ouverte.pieces is None
        else presenter_pieces(ouverte.pieces, ouverte.contenu, get_pieces(le), le=le),
        "document": document,
        "refus": refus,
        "erreurs": (*erreurs, *document.erreurs(), *refus.erreurs()),
    }
    return render(request, "guichet/requete/requete.html", contexte)


def _agir(
    requete_id: uuid.UUID,
    request: RequeteHabilitee,
    document: FormulaireDocument,
    refus: FormulaireRefus,
    acte: Acte,
) -> str:
    """The act of the button that was pressed; what is said of it. Raises as it does."""
    poste = request.POST
    if document.is_bound:
        demander_document(requete_id, precision=document.cleaned_data["precision"], acte=acte)
        return "C’est noté. La personne sait quel document est attendu."
    if refus.is_bound:
        motif = MotifRefus(refus.cleaned_data["motif"])
        refuser_requete(requete_id, motif=motif, precision=refus.cleaned_data["precision"], acte=acte)
        return "C’est noté. La personne sait pourquoi ce changement n’est pas fait."
    if "faire" in poste:
        conclure_requete(requete_id, acte=acte)
        return "C’est noté. La personne sait que le changement est fait."
    if "rendre" in poste:
        rendre_requete(requete_id, acte=acte)
        return "C’est rendu. Un autre agent peut s’en occuper."
    prendre_requete(requete_id, acte=acte)
    return "Vous vous occupez de ce changement."
