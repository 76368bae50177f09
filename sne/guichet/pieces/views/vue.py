"""A document seen at the counter, without a copy: which one, whose, when, until when it is valid."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.pieces.forms import FormulaireVue
from sne.guichet.pieces.views.ajouter import initiales, type_demande
from sne.guichet.pieces.views.cadre import ouvrir_cadre
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.pieces.actions.deposer import noter_piece_vue
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de


@exiger(Permission.PIECE_DEPOSER)
@require_http_methods(["GET", "POST"])
def noter(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Note it; a refusal comes back beside its field."""
    cadre = ouvrir_cadre(request, nud)
    type_piece = type_demande(request, cadre)
    if type_piece is None:
        return redirect("piece-type", cadre.nud)
    formulaire = FormulaireVue(
        saisi_de(request),
        initial=initiales(request, type_piece, cadre.le) | {"vue_le": cadre.le},
        type_piece=type_piece,
        contenu=cadre.fiche.contenu,
        sante=cadre.sante,
    )
    if formulaire.is_valid() and formulaire.tenter(
        noter_piece_vue,
        cadre.fiche.demande.id,
        formulaire.saisie(),
        vue_le=formulaire.cleaned_data["vue_le"],
        acte=acte_de(request),
    ):
        messages.success(request, "Pièce vue, consignée dans le dossier. Aucune copie n’est gardée.")
        return redirect("pieces", cadre.nud)
    contexte = cadre.contexte() | {
        "titre": type_piece.intitule(cadre.le),
        "exemples": "Aucune copie ni aucun numéro de la pièce n’est gardé.",
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "bouton": "Noter que je l’ai vue",
    }
    return render(request, "guichet/pieces/ajouter.html", contexte)
