"""Putting the pages of a document in order: what is made of them takes its place, and what was apart stands beside."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sne.registre.actions.pieces import Fichier, demande_de, joindre_piece, remplacer_piece
from sne.registre.rules.pieces_deposees import PieceSaisie
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

    Raises as :func:`remplacer_piece` and :func:`joindre_piece`.
    """
    demande_id, _ = demande_de(piece_id, acteur=acteur)
    premiere, *autres = fichiers
    faites = [remplacer_piece(piece_id, saisie, premiere, acteur=acteur, survenu_le=survenu_le)]
    return faites + [
        joindre_piece(demande_id, saisie, fichier, acteur=acteur, survenu_le=survenu_le) for fichier in autres
    ]
