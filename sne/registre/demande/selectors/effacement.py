"""What was erased: the day of one demande, and the report of a day, provable by the sealed entries it names."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from sne.registre.demande import policies
from sne.registre.demande.models.demande import Purge
from sne.registre.demande.rules.effacement import Apres, Effacement
from sne.socle.acteur import Acteur
from sne.socle.replique import connection


@dataclass(frozen=True, slots=True)
class RapportDePurge:
    """What one day erased in one territory.

    ``lignes``: rows deleted, by table. ``entrees``: the journal entries that say so; ``scellees`` counts those sealed,
    ``discordantes`` those missing or that say other numbers. ``fichiers_restants``: files of messages, and objects of
    documents to be erased by that day, that are still in their store. ``complet``: no file is left and no entry
    disagrees.
    """

    territoire: str
    jour: date
    demandes: int
    lignes: Mapping[str, int]
    fichiers: int
    fichiers_restants: int
    entrees: tuple[uuid.UUID, ...]
    scellees: int
    discordantes: int

    @property
    def complet(self) -> bool:
        """Whether the erasure is over: files included, every entry there, sealed and agreeing."""
        return not self.fichiers_restants and not self.discordantes and self.scellees == self.demandes


RAPPORT = """
WITH faites AS (
    SELECT p.id, p.territoire, p.jour, p.demande_id, e.id AS entree,
        (SELECT jsonb_object_agg(c.quoi, c.nombre) FROM purge_compte c WHERE c.purge_id = p.id)
            IS NOT DISTINCT FROM e.faits -> 'lignes' AS accord,
        EXISTS (SELECT FROM journal_position s WHERE s.entree = e.id) AS scellee
    FROM purge p LEFT JOIN journal_entree e
        ON e.demande = p.demande_id AND e.verbe = 'PURGER' AND e.faits ->> 'purge' = p.id::text
    WHERE p.jour = %s
)
SELECT f.territoire, f.jour, count(*),
    (SELECT coalesce(jsonb_object_agg(t.quoi, t.n), '{}') FROM (
        SELECT c.quoi, sum(c.nombre) AS n FROM purge_compte c JOIN purge p ON p.id = c.purge_id
        WHERE p.jour = f.jour AND p.territoire = f.territoire GROUP BY c.quoi) t),
    (SELECT coalesce(sum(m.fichiers), 0) FROM message_a_effacer m JOIN purge p ON p.demande_id = m.demande
        WHERE p.jour = f.jour AND p.territoire = f.territoire),
    (SELECT count(*) FROM message_a_effacer m JOIN purge p ON p.demande_id = m.demande
        WHERE p.jour = f.jour AND p.territoire = f.territoire AND m.efface_le IS NULL)
    + (SELECT count(*) FROM document_objet o WHERE o.efface_le IS NOT NULL AND o.territoire = f.territoire
        AND (o.efface_le AT TIME ZONE 'Europe/Paris')::date <= f.jour),
    array_remove(array_agg(f.entree ORDER BY f.entree), NULL),
    count(*) FILTER (WHERE f.scellee), count(*) FILTER (WHERE NOT coalesce(f.accord, false))
FROM faites f GROUP BY f.territoire, f.jour ORDER BY f.territoire
"""


def list_rapports(jour: date) -> tuple[RapportDePurge, ...]:
    """What was erased on that day, territory by territory; none where nothing was."""
    with connection.cursor() as curseur:
        curseur.execute(RAPPORT, [jour])
        return tuple(_rapport(ligne) for ligne in curseur.fetchall())


def get_effacement(
    acteur: Acteur, *, demande_id: uuid.UUID | None = None, nud: str = ""
) -> Effacement | None:
    """When the demande of this identifier or number was erased; ``None`` unless it was, in the perimeter."""
    laquelle = Q(demande=demande_id) if demande_id else Q(demande__nud=nud)
    purge = Purge.objects.filter(policies.scope_des_effacees(acteur), laquelle).first()
    return Effacement(purge.jour, Apres(purge.apres)) if purge else None


def _rapport(ligne: tuple[Any, ...]) -> RapportDePurge:
    territoire, jour, demandes, lignes, fichiers, restants, entrees, scellees, discordantes = ligne
    return RapportDePurge(
        territoire=territoire,
        jour=jour,
        demandes=demandes,
        lignes=dict(sorted(_lire(lignes).items())),
        fichiers=fichiers,
        fichiers_restants=restants,
        entrees=tuple(entrees),
        scellees=scellees,
        discordantes=discordantes,
    )


def _lire(lignes: Any) -> dict[str, int]:
    lues: dict[str, int] = json.loads(lignes) if isinstance(lignes, str) else lignes
    return lues
