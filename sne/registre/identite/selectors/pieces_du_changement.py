"""Documents that a change of identity rests on, and which of them the reader has opened."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import Q

from sne.documents.rules import EtatDocument
from sne.documents.selectors import get_documents
from sne.journal.selectors import premieres_lectures
from sne.referentiels.rules import TypePiece
from sne.referentiels.selectors import get_parametres, get_pieces
from sne.registre.demande.models.personne import Identite
from sne.registre.identite.parametres import ParametresIdentite
from sne.registre.identite.rules.decision import DU_COUPLE, JUSTIFICATIFS, PieceDuChangement
from sne.registre.pieces.models import Piece
from sne.registre.pieces.verbes import VerbePiece
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

RETENUS = frozenset({EtatDocument.RECEPTION, EtatDocument.QUARANTAINE})


def list_pieces_du_changement(ligne: Identite, *, acteur: Acteur, le: date) -> tuple[PieceDuChangement, ...]:
    """Documents received with the change, shortly before or since, and those they replaced; the newest first."""
    recentes, toutes, en_vigueur = _du_changement(ligne, le)
    anciennes = [toutes[p.remplace_id] for p in recentes if p.remplace_id in toutes]
    retenues = sorted([*recentes, *anciennes], key=lambda p: (p.survenu_le, p.id), reverse=True)
    fichiers = get_documents([p.document for p in retenues if p.document], territoire=ligne.territoire)
    etats = {cle: lu.etat for cle, lu in fichiers.items()}
    ouvertes = premieres_lectures(ligne.demande_id, VerbePiece.CONSULTER_PIECE, cle="piece", par=acteur.id)
    catalogue = {t.code: t for t in get_pieces(le).types}
    return tuple(
        PieceDuChangement(
            id=p.id,
            libelle=_libelle(p, catalogue),
            recue_le=p.vue_le or jour(p.survenu_le),
            ouvrable=p.document is not None and etats.get(p.document) is EtatDocument.DISPONIBLE,
            retenue=p.document is not None and etats.get(p.document) in RETENUS,
            remplacee=p.id not in en_vigueur,
            ouverte_le=ouvertes.get(str(p.id)),
        )
        for p in retenues
    )


def list_sans_piece(ids: Collection[uuid.UUID], *, le: date) -> frozenset[uuid.UUID]:
    """Those of these changes that no document with a file justifies: nobody can validate them until one is added."""
    lignes = Identite.objects.select_related("demande__version_courante").filter(id__in=[*ids])
    return frozenset(x.id for x in lignes if not any(p.document for p in _du_changement(x, le)[0]))


def _du_changement(
    ligne: Identite, le: date
) -> tuple[list[Piece], dict[uuid.UUID, Piece], frozenset[uuid.UUID]]:
    """Documents in force received with the change, shortly before or since; all those of its kind; what is in force."""
    depuis = jour(ligne.survenu_le) - timedelta(
        days=get_parametres(le)[ParametresIdentite].identite_piece_jours
    )
    du_dossier = Piece.objects.filter(
        Q(personne=ligne.personne_id) | Q(type_piece__in=sorted(DU_COUPLE)),
        territoire=ligne.territoire,
        demande=ligne.demande_id,
        type_piece__in=sorted(JUSTIFICATIFS),
        sante=False,
    )
    toutes = {piece.id: piece for piece in du_dossier}
    en_vigueur = frozenset(ligne.demande.version_courante.pieces)
    recentes = [p for p in toutes.values() if p.id in en_vigueur and jour(p.survenu_le) >= depuis]
    return recentes, toutes, en_vigueur


def _libelle(piece: Piece, catalogue: Mapping[str, TypePiece]) -> str:
    """The paper itself when it is known, « Passeport », else the document of the catalogue it answers for."""
    type_piece = catalogue.get(piece.type_piece)
    if type_piece is None:
        return piece.type_piece
    return type_piece.nature(piece.nature) or type_piece.intitule(piece.vue_le or jour(piece.survenu_le))
