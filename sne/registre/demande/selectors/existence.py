"""Which applications are on record: by identifier, what a take-over must not write twice; by number, for this actor."""

import uuid
from collections.abc import Iterable
from itertools import batched

from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_geographie
from sne.registre.contenu.rules.identite import Voie
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules import numero_unique
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.lignes import trouver
from sne.socle.replique import connection

PAR_ORDRE = 10_000
"""Identifiers asked for in one statement: it takes 65 535 values at most, and a territory has more demandes."""
TENUS = (
    "SELECT code FROM unnest(%s::text[]) AS code WHERE EXISTS (SELECT FROM demande WHERE territoire = code) "
    "ORDER BY code"
)


def list_deja_la(ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of ``ids`` that are on record already, whatever their territory and status."""
    return frozenset(Demande.objects.filter(id__in=list(ids)).values_list("id", flat=True))


def list_non_effacees(ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of ``ids`` that are on record and were not erased."""
    connues = Demande.objects.filter(id__in=list(ids)).exclude(statut=Statut.PURGEE)
    return frozenset(connues.values_list("id", flat=True))


def list_territoires_tenus() -> tuple[str, ...]:
    """Territories that hold a demande, whatever its status: one look in the index for each, not a demande is read."""
    with connection.cursor() as curseur:
        curseur.execute(TENUS, [[*get_geographie().territoires]])
        return tuple(code for (code,) in curseur.fetchall())


def has_changements_d_identite(territoire: str) -> bool:
    """Whether anybody ever waited, in that territory, for a change of identity to be decided."""
    return Identite.objects.filter(territoire=territoire, voie=Voie.CONTROLE).exists()


def list_nuds(ids: Iterable[uuid.UUID], acteur: Acteur) -> dict[uuid.UUID, str]:
    """The numbers of those of ``ids`` that this actor may read, erased ones left out."""
    lisibles = Demande.objects.filter(policies.scope(acteur), id__in=list(ids))
    return dict(lisibles.values_list("id", "nud"))


def list_lisibles(nuds: Iterable[str], acteur: Acteur) -> frozenset[str]:
    """Of these numbers, those of demandes that this actor may read."""
    return frozenset(
        Demande.objects.filter(policies.scope(acteur), nud__in=list(nuds)).values_list("nud", flat=True)
    )


def list_nuds_du_territoire(ids: Iterable[uuid.UUID], territoire: str) -> dict[uuid.UUID, str]:
    """The numbers of those of ``ids`` that are of that territory, erased ones too: a reader has to obey an erasure.

    Whoever asks has found ``ids`` in the feed of that territory, which its reader may read.
    """
    nuds: dict[uuid.UUID, str] = {}
    for lot in batched(ids, PAR_ORDRE):
        situees = Demande.objects.filter(territoire=territoire, id__in=lot)
        nuds |= dict(situees.values_list("id", "nud"))
    return nuds


def list_nuds_derriere(ids: Iterable[uuid.UUID], acteur: Acteur) -> dict[uuid.UUID, str]:
    """The numbers of those of ``ids`` that are in the territories where this actor opens the files behind a figure,
    erased ones left out. Whoever asks has found ``ids`` within their perimeter.
    """
    situees = Demande.objects.filter(policies.scope_de(acteur, Permission.RAPPORT_DETAIL), id__in=list(ids))
    return dict(situees.exclude(statut=Statut.PURGEE).values_list("id", "nud"))


def get_demande_id(nud: str, acteur: Acteur) -> uuid.UUID:
    """The identifier of the application of this number, as typed. Raises ``Introuvable``, also out of the perimeter."""
    try:
        canonique = numero_unique.lire(nud).canonique
    except numero_unique.NumeroInvalide as exc:
        raise Introuvable(str(exc)) from None
    return trouver(
        Demande.objects.filter(policies.scope(acteur), nud=canonique).values_list("id", flat=True),
        "Aucun dossier dans votre périmètre sous ce numéro. Vérifiez-le signe par signe.",
    )


def get_demande(demande_id: uuid.UUID, acteur: Acteur) -> Demande:
    """The demande as it stands, not locked. Raises ``Introuvable``, out of the perimeter too."""
    return trouver(
        Demande.objects.filter(policies.scope(acteur), id=demande_id),
        "Aucun dossier dans votre périmètre sous ce numéro.",
    )


def get_revision(demande_id: uuid.UUID, *, acteur: Acteur) -> int:
    """The revision at which this application stands. Raises ``Introuvable``, out of the perimeter too."""
    return get_demande(demande_id, acteur).revision
