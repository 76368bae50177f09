"""The message that asks a household for a document again, unusable or destroyed: once, even if the job runs twice."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from sne.journal.selectors import EntreeLue, list_entrees_de
from sne.notifications.selectors import has_messages
from sne.referentiels.selectors import get_pieces
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.demande.selectors.etat import assembler
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.rules.canaux import TERRITOIRE
from sne.registre.pieces.messages import MessagePiece
from sne.registre.pieces.models import Piece, QualificationPiece
from sne.registre.pieces.rules.pieces_deposees import (
    DETRUITE,
    ECARTENT,
    Qualification,
    mots_pour_le_menage,
)
from sne.registre.pieces.rules.pieces_manquantes import est_doublee
from sne.registre.pieces.selectors.pieces import list_en_dossier
from sne.registre.pieces.verbes import VerbePiece
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def expedier_piece_inexploitable(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Tell the household what this entry said of a document; how many messages are new. Idempotent.

    It was set aside as unusable, or the antivirus had it destroyed. Nothing is sent for another qualification; nor once
    the document was replaced or qualified otherwise, another document of the file answers the request, or the demande
    is closed.
    """
    dite = _dite(entree_id)
    if dite is None or has_messages(entree_id, territoire=dite.piece.territoire):
        return 0
    demande = dite.piece.demande
    contenu = assembler(demande.version_courante)
    if _autre_copie(dite, contenu, jour=horloge.jour(acte.survenu_le)):
        return 0
    annonce = Annonce.de(
        demande,
        MessagePiece.PIECE_INEXPLOITABLE,
        revision=dite.revision,
        origine=entree_id,
        mots=lambda secrete: _contexte(dite, secrete=secrete),
    )
    return len(ecrire_au_menage(annonce, acte=acte))


@dataclass(frozen=True, slots=True)
class _Dite:
    """What an entry said: of which document, at which revision, why it is to be handed in again."""

    piece: Piece
    revision: int
    raison: str


def _dite(entree_id: uuid.UUID) -> _Dite | None:
    """What the entry said, if it still holds and asks something of the household."""
    entree = next(iter(list_entrees_de([entree_id])), None)
    if entree is None:
        return None
    dite = _detruite(entree) if entree.verbe == VerbePiece.DETRUIRE_PIECE else _inexploitable(entree)
    if dite is None or Statut(dite.piece.demande.statut) not in OUVERTES:
        return None
    return dite if dite.piece.id in dite.piece.demande.version_courante.pieces else None


def _inexploitable(entree: EntreeLue) -> _Dite | None:
    lignes = QualificationPiece.objects.select_related("piece__demande__version_courante")
    cle = str(entree.faits.get("qualification", uuid.UUID(int=0)))
    ligne = lignes.filter(id=cle, qualification=Qualification.INEXPLOITABLE).first()
    if ligne is None or _qualifications(ligne.piece).filter(id__gt=ligne.id).exists():
        return None
    return _Dite(ligne.piece, ligne.revision, ligne.motif)


def _detruite(entree: EntreeLue) -> _Dite | None:
    """Set aside already, the household was asked for it, or will not be."""
    lignes = Piece.objects.select_related("demande__version_courante")
    piece = lignes.filter(id=str(entree.faits["piece"])).first()
    if piece is None or _qualifications(piece).filter(qualification__in=ECARTENT).exists():
        return None
    return _Dite(piece, piece.demande.revision, DETRUITE)


def _qualifications(piece: Piece) -> QuerySet[QualificationPiece]:
    return QualificationPiece.objects.filter(
        territoire=piece.territoire, demande=piece.demande_id, piece=piece.id
    )


def _autre_copie(dite: _Dite, contenu: Contenu, *, jour: date) -> bool:
    """Whether the dossier holds another copy that will do: what is there is not asked again."""
    presentes = list_en_dossier(dite.piece.demande, contenu)
    sienne = next(p for p in presentes if p.id == dite.piece.id)
    return est_doublee(sienne, presentes, get_pieces(jour), jour=jour)


def _contexte(dite: _Dite, *, secrete: bool) -> dict[str, str]:
    recue_le = horloge.jour(dite.piece.survenu_le)
    types = {t.code: t for t in get_pieces(recue_le).types}
    quoi, raison = mots_pour_le_menage(
        types.get(dite.piece.type_piece),
        annee=dite.piece.annee,
        recue_le=recue_le,
        motif=dite.raison,
        reservee=secrete or dite.piece.sante,
    )
    return {
        "numero": numero(dite.piece.demande.nud),
        "piece": quoi,
        "recue_le": date_longue(recue_le),
        "raison": raison,
        "territoire": TERRITOIRE,
    }
