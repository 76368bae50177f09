"""Putting the pages of a document in order: what is made of them takes its place, and what was apart stands beside."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sne.registre.actions.pieces import Fichier, demande_de, joindre_piece, remplacer_piece
from sne.registre.models import Piece
from sne.registre.rules.pieces_deposees import PieceSaisie, exiger_rangeable
from sne.socle.acteur import Acteur


@transaction.atomic
def remanier_piece(
    piece_id: uuid.UUID,
    saisie: PieceSaisie,
    fichiers: Sequence[Fichier],
    *,
    acteur: Acteur,
    survenu_le: datetime,
) -> list[uuid.UUID]:
    """Replace a document by the first of ``fichiers`` and add the others beside it, all or none; their ids.

    Raises as :func:`remplacer_piece` and :func:`joindre_piece`, and ``Interdit`` once the person has left.
    """
    demande_id, _ = demande_de(piece_id, acteur=acteur)
    partie = Piece.objects.filter(id=piece_id, personne__retire_le__isnull=False).exists()
    exiger_rangeable(None if partie else saisie.reference)
    premiere, *autres = fichiers
    faites = [remplacer_piece(piece_id, saisie, premiere, acteur=acteur, survenu_le=survenu_le)]
    return faites + [
        joindre_piece(demande_id, saisie, fichier, acteur=acteur, survenu_le=survenu_le) for fichier in autres
    ]
