"""The documents of a person who leaves a demande follow them: the same files under new rows; the household keeps its
own.
"""

import uuid
from collections.abc import Mapping
from types import MappingProxyType

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.pieces.models import Piece, QualificationPiece
from sne.registre.pieces.rules.pieces_deposees import ECARTENT
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7

AU_DEMANDEUR: Mapping[str, str] = MappingProxyType({"IDENTITE_AUTRES": "IDENTITE", "SEJOUR_AUTRES": "SEJOUR"})
"""The person who leaves becomes the applicant of the new demande: the code of a paper becomes the one it has for an
applicant.
"""


def suivre(demande: Demande, personne_id: uuid.UUID, partie: Personne, *, acte: Acte) -> list[Piece]:
    """Unsaved documents of the new demande: those in force about the person who leaves, and about nobody else, except
    those set aside. ``demande`` is already at the revision without that person. The household's explanation of a
    document goes with the document.
    """
    siennes = Piece.objects.filter(
        id__in=demande.versions.get(numero=demande.revision - 1).pieces, personne_id=personne_id
    )
    dites = QualificationPiece.objects.filter(territoire=demande.territoire, demande=demande)
    dernieres = dict(dites.order_by("survenu_le", "id").values_list("piece_id", "qualification"))
    return [
        Piece(
            id=uuid7(),
            territoire=piece.territoire,
            demande_id=partie.demande_id,
            revision=1,
            personne_id=partie.id,
            type_piece=AU_DEMANDEUR.get(piece.type_piece, piece.type_piece),
            nature=piece.nature,
            annee=piece.annee,
            sante=piece.sante,
            document=piece.document,
            empreinte=piece.empreinte,
            vue_le=piece.vue_le,
            validite_fin=piece.validite_fin,
            canal=str(acte.acteur.canal),
            auteur=acte.acteur.id,
            depose_par=acte.acteur.instantane(),
            guichet=acte.acteur.guichet,
            survenu_le=acte.survenu_le,
        )
        for piece in siennes.order_by("survenu_le", "id")
        if dernieres.get(piece.id) not in ECARTENT
    ]
