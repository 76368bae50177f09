"""Saying what a document is worth; nothing is deleted, and the last thing said counts."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from sne.guichet.listes.parcours import situer
from sne.guichet.pieces.forms import FormulaireQualification
from sne.guichet.pieces.verification import prochaine
from sne.guichet.pieces.views.voir import montrer, suivre_ou_dire
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.lecture.selectors.vue_de_piece import VueDePiece, get_vue
from sne.registre.listes.rules.listes import LISTES, CodeListe
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.selectors.pieces import ABSENTE
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.PIECE_QUALIFIER)
@require_http_methods(["GET", "POST"])
def qualifier(request: RequeteHabilitee, nud: str, piece_id: uuid.UUID) -> HttpResponse:
    """Valid, unusable, out of the list, outdated, twice there: and why; then the next one, if asked."""
    vue = get_vue(piece_id, acteur=request.acteur, le=aujourd_hui())
    if vue.fiche.demande.nud != nud or not vue.piece.en_vigueur:
        raise Introuvable(ABSENTE)
    if request.method == "GET":
        return redirect("piece-voir", piece_id)
    formulaire = FormulaireQualification(request.POST)
    if not formulaire.is_valid() or not formulaire.tenter(
        qualifier_piece,
        piece_id,
        formulaire.cleaned_data["qualification"],
        motif=formulaire.cleaned_data["motif"],
        acte=acte_de(request),
    ):
        return montrer(request, vue, suivre_ou_dire(request, vue), formulaire)
    messages.success(request, "Pièce qualifiée. Elle reste dans le dossier.")
    return _suite(request, vue) if "suivante" in request.POST else redirect("pieces", nud)


def _suite(request: RequeteHabilitee, vue: VueDePiece) -> HttpResponse:
    """The next document of the file that nobody qualified; after the last, the next line of the queue gone through;
    out of a queue, the files that wait.
    """
    if (suivante := prochaine(vue)) is not None:
        return redirect("piece-voir", suivante)
    parcours = situer(request, vue.fiche.demande.nud)
    if parcours and parcours.titre == LISTES[CodeListe.PIECES].titre and parcours.acte_suivant:
        return redirect(parcours.acte_suivant)
    return redirect("liste", CodeListe.PIECES.lower())
