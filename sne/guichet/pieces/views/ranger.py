"""Putting the pages of a document in order: turned, moved, apart; the former document stays in the file."""

import contextlib
import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.documents.effacement import effacer_documents
from sne.documents.magasins import MagasinEnPanne
from sne.documents.pages import remanier
from sne.documents.rules import DocumentRecu, EtatDocument
from sne.documents.rules.pages import Ordre, ranger
from sne.guichet.pieces.forms import FormulaireRangement
from sne.guichet.pieces.lecture import Lecture, suivre
from sne.guichet.pieces.views.cadre import Cadre, cadrer
from sne.guichet.pieces.visionneuse import vignettes
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.rules import TypePiece
from sne.referentiels.selectors import get_pieces
from sne.registre.lecture.selectors.vue_de_piece import get_vue
from sne.registre.pieces.actions.deposer import Fichier, exiger_recevable, remanier_piece
from sne.registre.pieces.possible import exiger_remplacement
from sne.registre.pieces.rules.pieces_deposees import (
    PieceSaisie,
    exiger_rangeable,
    type_a_remplacer,
)
from sne.registre.pieces.selectors.documents import get_limites
from sne.registre.pieces.selectors.pieces import ABSENTE, PieceLue
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import aujourd_hui, jour, maintenant
from sne.socle.requete import RequeteHabilitee, saisi_de


@exiger(Permission.PIECE_DEPOSER)
@require_http_methods(["GET", "POST"])
def ranger_pages(request: RequeteHabilitee, piece_id: uuid.UUID) -> HttpResponse:
    """A line for each page: its place, which way up, whether it stays; no mouse is needed."""
    vue = get_vue(piece_id, acteur=request.acteur, le=aujourd_hui())
    piece = vue.piece
    if piece.fichier is None or not piece.en_vigueur:
        raise Introuvable(ABSENTE)
    exiger_remplacement(vue.fiche.source, request.acteur, gel=vue.fiche.gel)
    type_a_remplacer(piece.type_piece, piece.libelle, get_pieces(aujourd_hui()))
    if piece.fichier.etat is not EtatDocument.DISPONIBLE:  # the page of the document says why
        return redirect("piece-voir", piece_id)
    lecture = suivre(request, piece_id, fiche=True)
    formulaire = FormulaireRangement(
        saisi_de(request),
        initial=request.GET.dict(),
        total=piece.fichier.nombre_pages,
    )
    cadre = cadrer(vue.fiche, request.acteur)
    if formulaire.is_valid():
        try:
            nouvelle = _ranger(request, cadre, piece, lecture, formulaire)
        except Interdit as refus:
            formulaire.add_error(None, refus.phrase)
        else:
            messages.success(request, "Pages rangées. La pièce d’avant reste dans le dossier.")
            return redirect("piece-voir", nouvelle)
    pages = range(1, piece.fichier.nombre_pages + 1)
    contexte = cadre.contexte() | {
        "piece": piece,
        "formulaire": formulaire,
        "lignes": list(zip(vignettes(piece.id, pages), formulaire.lignes(), strict=True)),
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/pieces/ranger.html", contexte)


def _ranger(
    request: RequeteHabilitee,
    cadre: Cadre,
    piece: PieceLue,
    lecture: Lecture,
    formulaire: FormulaireRangement,
) -> uuid.UUID:
    survenu_le = maintenant()
    saisie = saisie_de(piece, type_a_remplacer(piece.type_piece, piece.libelle, cadre.catalogue))
    exiger_recevable(cadre.fiche.demande.id, saisie, acte=Acte(request.acteur, survenu_le))
    nom = piece.fichier.nom if piece.fichier else ""
    faits: list[DocumentRecu] = []
    try:
        for pages in filter(None, ranger(formulaire.voulues())):
            faits.append(_refaire(lecture, pages, nom=nom, survenu_le=survenu_le))
        fichiers = [Fichier(fait.id, fait.empreinte) for fait in faits]
        return remanier_piece(piece.id, saisie, fichiers, acte=Acte(request.acteur, survenu_le))[0]
    except Interdit:
        with contextlib.suppress(MagasinEnPanne):  # what no document names goes at the next sweep
            effacer_documents(
                [fait.id for fait in faits], territoire=lecture.consultee.territoire, survenu_le=survenu_le
            )
        raise


def _refaire(lecture: Lecture, pages: Ordre, *, nom: str, survenu_le: datetime) -> DocumentRecu:
    return remanier(
        lecture.consultee.document,
        territoire=lecture.consultee.territoire,
        pages=pages,
        nom=nom,
        limites=get_limites(jour(survenu_le)),
        survenu_le=survenu_le,
    )


def saisie_de(piece: PieceLue, type_piece: TypePiece) -> PieceSaisie:
    """What was said of a document, to be said of what is made of it. Raises ``Interdit``."""
    return PieceSaisie(
        type_piece=piece.type_piece,
        reference=exiger_rangeable(piece.reference),
        nature=type_piece.code_de_nature(piece.nature),
        annee=piece.annee,
        validite_fin=piece.validite_fin,
        explication=piece.explications[-1].texte if piece.explications else "",
        sante=piece.sante,
    )
