"""A document being read: journalled once, when it is opened; for each page that follows, the right is checked again."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sne.documents.rules import Filigrane
from sne.guichet.lecture.lire import lire_demande
from sne.referentiels.selectors import get_parametres
from sne.registre.lecture.actions.consulter import PieceConsultee, consulter_piece, suivre_piece
from sne.registre.lecture.parametres import ParametresLecture
from sne.registre.pieces.selectors.documents import get_bornes
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import RequeteHabilitee

CLE = "lectures"
AU_PLUS = 20


class Motif(StrEnum):
    """Why a document is opened."""

    INSTRUCTION = "INSTRUCTION"
    VERIFICATION = "VERIFICATION"
    MENAGE = "MENAGE"
    CONTROLE = "CONTROLE"


MOTIFS: Mapping[Motif, str] = {
    Motif.INSTRUCTION: "Instruire la demande",
    Motif.VERIFICATION: "Vérifier la pièce",
    Motif.MENAGE: "Répondre au ménage",
    Motif.CONTROLE: "Contrôler le dossier",
}


@dataclass(frozen=True, slots=True)
class Lecture:
    """A document opened by this reader, since when and why."""

    consultee: PieceConsultee
    motif: Motif
    qui: str

    @property
    def filigrane(self) -> Filigrane:
        """What is written across each page."""
        pourquoi = f"Demande {self.consultee.nud}, {MOTIFS[self.motif].lower()}"
        instant = maintenant()
        return Filigrane(self.qui, instant, pourquoi, bornes=get_bornes(jour(instant)))


def reprendre(request: RequeteHabilitee, piece_id: uuid.UUID) -> Lecture | None:
    """The reading under way, if there is one; the right is asked again.

    Raises ``Introuvable``, ``NonHabilite``.
    """
    en_cours = _en_cours(request, maintenant()).get(str(piece_id))
    if en_cours is None:
        return None
    return Lecture(suivre_piece(piece_id, acteur=request.acteur), Motif(en_cours[1]), _qui(request))


def commencer(
    request: RequeteHabilitee, piece_id: uuid.UUID, motif: Motif | None = None, *, fiche: bool = False
) -> Lecture:
    """Open a document, its reading journalled first; ``fiche``: what its file says is shown beside it, and that reading
    is journalled too.

    Raises ``Introuvable``, ``NonHabilite``, or ``Interdit``: a document of health without a reason.
    """
    survenu_le = maintenant()
    consultee = consulter_piece(
        piece_id, acte=Acte(request.acteur, survenu_le), motif=MOTIFS[motif] if motif else ""
    )
    if fiche:
        lire_demande(request, consultee.nud)
    en_cours = _en_cours(request, survenu_le)
    en_cours[str(piece_id)] = (survenu_le.timestamp(), str(motif or Motif.INSTRUCTION))
    request.session[CLE] = dict(sorted(en_cours.items(), key=lambda x: x[1][0])[-AU_PLUS:])
    return Lecture(consultee, motif or Motif.INSTRUCTION, _qui(request))


def suivre(request: RequeteHabilitee, piece_id: uuid.UUID, *, fiche: bool = False) -> Lecture:
    """The reading under way, or one that begins now. Raises as :func:`commencer`."""
    return reprendre(request, piece_id) or commencer(request, piece_id, fiche=fiche)


def consulter_fiche(request: RequeteHabilitee, nud: str) -> None:
    """What a file says is shown though nothing is opened: it is told. Raises ``Introuvable``."""
    lire_demande(request, nud)


def _en_cours(request: RequeteHabilitee, instant: datetime) -> dict[str, tuple[float, str]]:
    """(since, why) of each document that this session has open."""
    duree = timedelta(minutes=get_parametres(jour(instant))[ParametresLecture].dossier_ouvert_minutes)
    depuis = (instant - duree).timestamp()
    return {cle: (x[0], x[1]) for cle, x in request.session.get(CLE, {}).items() if x[0] >= depuis}


def _qui(request: RequeteHabilitee) -> str:
    return ", ".join(filter(None, (request.acteur.nom, request.acteur.guichet)))
