"""Which applications are on record: by identifier, what a take-over must not write twice; by number, for this actor."""

import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from sne.registre import policies
from sne.registre.models import Demande, Identite, Piece
from sne.registre.rules import numero_unique
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.identite import Voie
from sne.registre.rules.refus import Introuvable
from sne.socle.acteur import Acteur


def list_deja_la(ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of ``ids`` that are on record already, whatever their territory and status."""
    return frozenset(Demande.objects.filter(id__in=list(ids)).values_list("id", flat=True))


def list_sans_piece(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Those of ``ids`` that are on record, active, and hold no document, with their number."""
    pieces = Piece.objects.filter(territoire=OuterRef("territoire"), demande=OuterRef("id"))
    actives = Demande.objects.filter(id__in=list(ids), statut=Statut.ACTIVE)
    return dict(actives.filter(~Exists(pieces)).values_list("id", "nud"))


def has_pieces(territoire: str) -> bool:
    """Whether any document was ever added in that territory."""
    return Piece.objects.filter(territoire=territoire).exists()


def has_changements_d_identite(territoire: str) -> bool:
    """Whether anybody ever waited, in that territory, for a change of identity to be decided."""
    return Identite.objects.filter(territoire=territoire, voie=Voie.CONTROLE).exists()


def list_nuds(ids: Iterable[uuid.UUID], acteur: Acteur) -> dict[uuid.UUID, str]:
    """The numbers of those of ``ids`` that this actor may read, erased ones left out."""
    lisibles = Demande.objects.filter(policies.scope(acteur), id__in=list(ids))
    return dict(lisibles.values_list("id", "nud"))


def get_demande_id(nud: str, acteur: Acteur) -> uuid.UUID:
    """The identifier of the application of this number, as typed. Raises ``Introuvable``, also out of the perimeter."""
    try:
        canonique = numero_unique.lire(nud).canonique
    except numero_unique.NumeroInvalide as exc:
        raise Introuvable(str(exc)) from None
    trouve = (
        Demande.objects.filter(policies.scope(acteur), nud=canonique).values_list("id", flat=True).first()
    )
    if trouve is None:
        raise Introuvable("Aucun dossier dans votre périmètre sous ce numéro. Vérifiez-le signe par signe.")
    return trouve
