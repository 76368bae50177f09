"""The versions of a demande: one per revision, who made it, when, why and from which paper."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sne.journal.rules import Verbe, ecritures
from sne.journal.selectors import EntreeLue, list_entrees
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande, Version
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.socle.replique import connection

MAX_VERSIONS = 500
DITES = """
SELECT survenu_le, dites FROM (
    SELECT numero, survenu_le, dites, lag(dites) OVER (ORDER BY numero) AS avant
    FROM version, LATERAL (
        SELECT jsonb_agg(jsonb_path_query_array(contenu, lieu::jsonpath) ORDER BY lieu) AS dites
        FROM unnest(%s::text[]) AS lieu
    ) AS lues
    WHERE demande_id = %s
) AS versions
WHERE dites IS DISTINCT FROM avant ORDER BY numero DESC LIMIT 1
"""
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


def get_depuis(demande_id: uuid.UUID, lieux: Sequence[str]) -> date | None:
    """Since which day these places of the content (JSON paths) say what they say; ``None`` where nothing is."""
    with connection.cursor() as curseur:
        curseur.execute(DITES, [[*lieux], demande_id])
        survenu_le, dites = curseur.fetchone()
    return jour(survenu_le) if any(bloc for blocs in json.loads(dites) for bloc in blocs) else None


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
