"""Putting a document in the place of another, which stays in the file and is still read."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.pieces.envois import boite_de
from sne.guichet.pieces.forms import FOYER, FormulaireDepot
from sne.guichet.pieces.views.ajouter import admise
from sne.guichet.pieces.views.cadre import Cadre, ouvrir_cadre
from sne.guichet.pieces.views.depot import Depot
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.pieces.actions.deposer import Fichier, remplacer_piece
from sne.registre.pieces.possible import exiger_remplacement
from sne.registre.pieces.rules.pieces_deposees import type_a_remplacer
from sne.registre.pieces.selectors.pieces import ABSENTE, PieceLue, list_pieces
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee

UN_SEUL = "Choisissez un seul fichier\u00a0: il prend la place d’une pièce."


@exiger(Permission.PIECE_DEPOSER)
@require_http_methods(["GET", "POST"])
def remplacer(request: RequeteHabilitee, nud: str, piece_id: uuid.UUID) -> HttpResponse:
    """The file that takes the place of this one."""
    cadre = ouvrir_cadre(request, nud)
    piece = trouver(cadre, piece_id)
    exiger_remplacement(cadre.fiche.source, request.acteur, gel=cadre.fiche.gel)
    type_piece = type_a_remplacer(piece.type_piece, piece.libelle, cadre.catalogue)
    boite = boite_de(
        request.acteur,
        territoire=cadre.fiche.demande.territoire,
        nud=cadre.nud,
        demande_id=cadre.fiche.demande.id,
        piece_id=piece.id,
    )
    initiales = {
        "qui": piece.reference or FOYER,
        "annee": piece.annee,
        "nature": type_piece.code_de_nature(piece.nature),
    }
    depot = Depot(request, boite, cadre, type_piece, initiales, seul=True)
    if depot.formulaire.is_bound and _remplacer(request, cadre, piece, depot):
        messages.success(request, "Pièce remplacée. La précédente reste dans le dossier.")
        return redirect("pieces", cadre.nud)
    contexte = depot.contexte() | {
        "titre": f"Remplacer\u00a0: {piece.libelle}",
        "exemples": "La pièce remplacée reste dans le dossier. Elle ne compte plus.",
        "bouton": "Remplacer la pièce",
    }
    return render(request, "guichet/pieces/ajouter.html", contexte)


def trouver(cadre: Cadre, piece_id: uuid.UUID) -> PieceLue:
    """A document in force of this file that the actor may know of. Raises ``Introuvable``."""
    pieces = list_pieces(cadre.fiche.demande.id, cadre.fiche.contenu, acteur=cadre.acteur, le=cadre.le)
    for piece in pieces:
        if piece.id == piece_id and piece.en_vigueur:
            return piece
    raise Introuvable(ABSENTE)


def _remplacer(request: RequeteHabilitee, cadre: Cadre, piece: PieceLue, depot: Depot) -> bool:
    survenu_le = maintenant()
    if not _est_a_remplacer(depot.formulaire, cadre):
        depot.revenir(())
        return False
    saisie = depot.formulaire.saisie()

    def joindre(document: uuid.UUID, empreinte: str) -> uuid.UUID:
        fichier = Fichier(document, empreinte)
        return remplacer_piece(piece.id, saisie, fichier, acte=Acte(request.acteur, survenu_le))

    (sort,) = sorts = depot.joindre(joindre, survenu_le=survenu_le)
    if not sort.joint:
        depot.revenir(sorts)
    return sort.joint is not None


def _est_a_remplacer(formulaire: FormulaireDepot, cadre: Cadre) -> bool:
    """Whether the form holds, with one file; a refusal is beside its field."""
    if not formulaire.is_valid():
        return False
    if len(formulaire.envoyes) + len(formulaire.envois) > 1:
        formulaire.add_error("fichiers", UN_SEUL)
        return False
    return admise(formulaire, cadre, formulaire.saisie())
