"""The versions of a demande: one per revision, who made it, when, why and from which paper."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sne.journal.rules import Verbe, ecritures
from sne.journal.selectors import EntreeLue, list_entrees
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande, Version
from sne.socle.acteur import Acteur

MAX_VERSIONS = 500
OUBLIE = "Acte plus ancien que ce que le journal conserve"


@dataclass(frozen=True, slots=True)
class VersionLue:
    """One version; ``acte`` in words, ``guichet`` and ``auteur`` as the journal kept them."""

    numero: int
    survenu_le: datetime
    acte: str
    guichet: str
    auteur: str
    motif: str
    document: str
    statut: str
    date_expiration: date


def list_versions(demande_id: uuid.UUID, *, acteur: Acteur) -> tuple[VersionLue, ...]:
    """Versions of a demande of the actor's perimeter, the newest first (:data:`MAX_VERSIONS` at most).

    Each was told by an entry, which the database asked for; a version outlives the months of the journal.
    """
    versions = (
        Version.objects.filter(demande__in=Demande.objects.filter(policies.scope(acteur)), demande=demande_id)
        .defer("contenu", "contenu_protege")
        .order_by("-numero")[:MAX_VERSIONS]
    )
    actes = {
        str(e.faits.get("version")): e
        for e in list_entrees(demande_id, au_plus=2 * MAX_VERSIONS, parmi=ecritures())
    }
    return tuple(_lire(version, actes.get(str(version.id))) for version in versions)


def _lire(version: Version, acte: EntreeLue | None) -> VersionLue:
    return VersionLue(
        numero=version.numero,
        survenu_le=version.survenu_le,
        acte=Verbe.tous()[acte.verbe].phrase if acte else OUBLIE,
        guichet=str(acte.acteur.get("guichet", "")) if acte else "",
        auteur=str(acte.acteur.get("nom", "")) if acte else "",
        motif=version.motif,
        document=version.document,
        statut=version.statut,
        date_expiration=version.date_expiration,
    )
