"""Saying what a document is worth; nothing is deleted, and the last thing said counts."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.exiger import exiger
from sne.guichet.pieces.aides import lire_aides_de
from sne.guichet.pieces.forms import FormulaireQualification
from sne.guichet.pieces.presentation import presenter_pieces
from sne.guichet.pieces.views.cadre import ouvrir_cadre
from sne.guichet.pieces.views.remplacer import trouver
from sne.habilitations.rules import Permission
from sne.registre.actions.qualifier_piece import qualifier_piece
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.PIECE_QUALIFIER)
@require_http_methods(["GET", "POST"])
def qualifier(request: RequeteHabilitee, nud: str, piece_id: uuid.UUID) -> HttpResponse:
    """Valid, unusable, out of the list, outdated, twice there: and why."""
    cadre = ouvrir_cadre(request, nud)
    piece = trouver(cadre, piece_id)
    formulaire = FormulaireQualification(request.POST if request.method == "POST" else None)
    if formulaire.is_bound and formulaire.is_valid():
        try:
            qualifier_piece(
                piece.id,
                formulaire.cleaned_data["qualification"],
                motif=formulaire.cleaned_data["motif"],
                acteur=request.acteur,
                survenu_le=maintenant(),
            )
        except Interdit as refus:
            formulaire.add_error(refus.champ if refus.champ in formulaire.fields else None, refus.phrase)
        else:
            messages.success(request, "Pièce qualifiée. Elle reste dans le dossier.")
            return redirect("pieces", cadre.nud)
    (ligne,) = presenter_pieces([piece], cadre.fiche.contenu, le=cadre.le)
    contexte = cadre.contexte() | {
        "titre": f"Qualifier\u00a0: {piece.libelle}",
        "ligne": ligne,
        "aides": lire_aides_de(piece, cadre.fiche, acteur=request.acteur),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs() if formulaire.is_bound else (),
    }
    return render(request, "guichet/pieces/qualifier.html", contexte)
