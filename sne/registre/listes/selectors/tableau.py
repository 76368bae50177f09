"""The figures of a counter, from the indexes of its lists: ends of validity by week, registrations by day, waits."""

from dataclasses import dataclass
from datetime import date

from sne.registre.listes import policies
from sne.registre.listes.rules.listes import CodeListe
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.replique import connection

PAR_SEMAINE = """
SELECT date_trunc('week', date_expiration)::date, count(*) FROM demande
WHERE territoire = %s AND guichet_gestionnaire = %s AND statut IN ('ACTIVE', 'EXPIREE')
    AND date_expiration BETWEEN %s AND %s GROUP BY 1
"""
PAR_JOUR = """
SELECT date_depot, count(*) FROM demande
WHERE territoire = %s AND date_depot BETWEEN %s AND %s AND guichet_createur = %s AND statut <> 'PURGEE' GROUP BY 1
"""
PAR_LISTE = """
SELECT liste, count(*),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY %s::date - (depuis AT TIME ZONE 'Europe/Paris')::date) FROM attente
WHERE territoire = %s AND guichet = %s AND ouverte GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Delai:
    """What waits in a list: how many, and since how many days half of them do."""

    nombre: int
    jours: int


@dataclass(frozen=True, slots=True)
class TableauDuGuichet:
    """``echeances``: files by the Monday of the week in which their validity ends; ``depots``: by day. Days and weeks
    without any are absent.
    """

    echeances: dict[date, int]
    depots: dict[date, int]
    delais: dict[CodeListe, Delai]


def get_tableau(acteur: Acteur, *, du: date, au: date, mois: date, le: date) -> TableauDuGuichet:
    """The figures of the counter acted for: validities that end from ``du`` to ``au``, registrations from ``mois`` to
    ``le``, both included. Raises ``Introuvable`` for who acts for no counter.
    """
    territoire, guichet = acteur.territoire, acteur.guichet
    permis = policies.can_lire_liste(acteur, territoire=territoire, guichet=guichet, personnelle=False)
    if not (guichet and permis):
        raise Introuvable(
            "Ce tableau est celui d’un guichet. Choisissez le guichet pour lequel vous agissez."
        )
    with connection.cursor() as curseur:
        curseur.execute(PAR_SEMAINE, [territoire, guichet, du, au])
        echeances = dict(curseur.fetchall())
        curseur.execute(PAR_JOUR, [territoire, mois, le, guichet])
        depots = dict(curseur.fetchall())
        curseur.execute(PAR_LISTE, [le, territoire, guichet])
        delais = {CodeListe(liste): Delai(nombre, jours) for liste, nombre, jours in curseur.fetchall()}
    return TableauDuGuichet(echeances, depots, delais)
