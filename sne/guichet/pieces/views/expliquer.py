"""What the household says of a document that does not match, noted after its deposit; what was said before stays."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from sne.guichet.pieces.forms import FormulaireExplication
from sne.guichet.pieces.views.voir import montrer, suivre_ou_dire
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.lecture.selectors.vue_de_piece import get_vue
from sne.registre.pieces.actions.expliquer import expliquer_piece
from sne.registre.pieces.selectors.pieces import ABSENTE
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.PIECE_DEPOSER)
@require_http_methods(["GET", "POST"])
def expliquer(request: RequeteHabilitee, nud: str, piece_id: uuid.UUID) -> HttpResponse:
    """Note it, then back to the document; a refusal comes back beside its field."""
    vue = get_vue(piece_id, acteur=request.acteur, le=aujourd_hui())
    if vue.fiche.demande.nud != nud or not vue.piece.en_vigueur:
        raise Introuvable(ABSENTE)
    if request.method == "GET":
        return redirect("piece-voir", piece_id)
    formulaire = FormulaireExplication(request.POST)
    if not formulaire.is_valid() or not formulaire.tenter(
        expliquer_piece, piece_id, formulaire.cleaned_data["explication"], acte=acte_de(request)
    ):
        return montrer(request, vue, suivre_ou_dire(request, vue), explication=formulaire)
    messages.success(request, "Explication notée. Elle reste à côté de la pièce.")
    return redirect("piece-voir", piece_id)
