"""The documents of a demande with those that were asked for."""

import uuid
from dataclasses import dataclass
from datetime import date

from sne.referentiels.selectors import get_pieces
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.etat import assembler
from sne.registre.faits.rules.pieces_demandees import demandables
from sne.registre.faits.selectors.pieces_demandees import Demandee, list_attendues
from sne.registre.pieces.rules.pieces import pieces_attendues
from sne.registre.pieces.rules.pieces_manquantes import LigneDePiece, confronter
from sne.registre.pieces.selectors.pieces import (
    PieceLue,
    _demande,
    _en_dossier,
    _lire,
    _vue_au_depot,
    get_calendrier,
    list_lignes,
)
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class DossierDePieces:
    """Documents of a file, the newest first, each document expected with what became of it, and what was asked of the
    household that nothing answers.
    """

    pieces: tuple[PieceLue, ...]
    lignes: tuple[LigneDePiece, ...]
    demandees: tuple[Demandee, ...]

    @property
    def manquantes(self) -> tuple[LigneDePiece, ...]:
        """What may be asked of the household."""
        return tuple(ligne for ligne in self.lignes if not ligne.satisfaite)


def get_dossier_de_pieces(
    demande_id: uuid.UUID, contenu: Contenu, *, acteur: Acteur, le: date
) -> DossierDePieces:
    """What is there and what is missing on ``le``. ``contenu``: the tree as this actor may see it.

    A reader without the right to health data is shown neither documents of health nor requests for them. Raises
    ``Introuvable``.
    """
    return lire_dossier_de_pieces(_demande(demande_id, acteur), contenu, acteur=acteur, le=le)


def lire_dossier_de_pieces(
    demande: Demande, contenu: Contenu, *, acteur: Acteur, le: date, deposees: bool = True, dites: bool = True
) -> DossierDePieces:
    """The same of a demande whose documents the caller knows that this actor may read.

    ``deposees``: whether it has documents; ``dites``: whether it has events, one of which may ask for some.
    """
    catalogue = get_pieces(le)
    lignes = _lire(demande, catalogue, contenu, acteur=acteur) if deposees else []
    en_dossier = [*map(_en_dossier, [x for x in lignes if x.en_vigueur]), *_vue_au_depot(demande, contenu)]
    attendues = pieces_attendues(contenu, catalogue, jour=le)
    sante = policies.can_lire_sante(acteur, demande)
    demandees = list_attendues(demande, contenu, lignes, sante=sante) if dites else ()
    return DossierDePieces(
        tuple(lignes), confronter(attendues, en_dossier, catalogue, get_calendrier(le)), demandees
    )


def list_demandables(demande_id: uuid.UUID, *, acteur: Acteur, le: date) -> tuple[LigneDePiece, ...]:
    """Documents that may be asked of the household now, by those who may; the act checks again.

    Raises ``Introuvable``.
    """
    demande = _demande(demande_id, acteur)
    lignes = list_lignes(demande, acteur=acteur, le=le, sur_indication=True)
    return demandables(lignes, statut=Statut(demande.statut))


def list_a_demander(demande_id: uuid.UUID, *, acteur: Acteur, le: date) -> tuple[LigneDePiece, ...]:
    """The same without those already asked that nothing answers, nor those of which only the household could say that
    it has them.
    """
    demande = _demande(demande_id, acteur)
    contenu = assembler(demande.version_courante, avec_sante=policies.can_lire_sante(acteur, demande))
    lus = get_dossier_de_pieces(demande_id, contenu, acteur=acteur, le=le)
    deja = {(d.piece.code, d.reference, d.piece.annee) for d in lus.demandees}
    return tuple(
        ligne
        for ligne in demandables(lus.lignes, statut=Statut(demande.statut))
        if (ligne.attendue.code, ligne.attendue.reference, ligne.attendue.annee) not in deja
    )
