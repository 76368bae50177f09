"""What the register holds, read row by row in its tables: neither its models nor its selectors are asked."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

DEMANDES = """
SELECT d.id, d.nud, d.statut, d.revision, d.date_depot, d.date_dernier_renouvellement, d.date_expiration,
    coalesce(p.nombre, 0), coalesce(r.nombre, 0), coalesce(r.motif, ''), r.date_radiation, r.reactivable_jusqu_au,
    coalesce(a.nombre, 0), coalesce(t.dates, '{}'), coalesce(n.jours, '{}'),
    coalesce(i.nom_naissance, ''), coalesce(c.nom_naissance, ''), d.anciennete_heritee
FROM demande d
JOIN version v ON v.id = d.version_courante_id
LEFT JOIN identite i ON i.id = v.identites[1]
LEFT JOIN LATERAL (
    SELECT nom_naissance FROM identite x WHERE x.demande_id = d.id AND x.voie = 'CONTROLE'
        AND NOT EXISTS (SELECT 1 FROM decision_identite e WHERE e.identite_id = x.id)
) c ON true
LEFT JOIN (SELECT demande_id, count(*) AS nombre FROM place_ouverte GROUP BY 1) p ON p.demande_id = d.id
LEFT JOIN (
    SELECT DISTINCT ON (demande_id) demande_id, motif, date_radiation, reactivable_jusqu_au,
        count(*) OVER (PARTITION BY demande_id) AS nombre
    FROM radiation ORDER BY demande_id, revision DESC
) r ON r.demande_id = d.id
LEFT JOIN (SELECT demande_id, count(*) AS nombre FROM reactivation GROUP BY 1) a ON a.demande_id = d.id
LEFT JOIN (SELECT demande_id, array_agg(date_depot) AS dates FROM titre_anciennete GROUP BY 1) t ON t.demande_id = d.id
LEFT JOIN (
    SELECT demande_id, array_agg(ARRAY[date_expiration, jour] ORDER BY survenu_le) AS jours
    FROM preavis WHERE possible GROUP BY 1
) n ON n.demande_id = d.id
WHERE d.territoire = %s
"""
EFFACEES = """
SELECT p.demande_id, p.jour FROM purge p WHERE p.territoire = %s
"""
STATISTIQUES = """
SELECT (SELECT count(*) FROM statistique_a_verser WHERE territoire = %s)
    + (SELECT count(*) FROM statistique_effacee WHERE territoire = %s)
"""
CHANGEMENT = """
SELECT x.id FROM identite x WHERE x.demande_id = %s AND x.voie = 'CONTROLE'
    AND NOT EXISTS (SELECT 1 FROM decision_identite e WHERE e.identite_id = x.id)
"""
DECIDES_PAR_LEUR_AUTEUR = """
SELECT d.nud FROM decision_identite e JOIN identite x ON x.id = e.identite_id JOIN demande d ON d.id = e.demande_id
WHERE e.territoire = %s AND e.decideur = x.auteur
UNION ALL
SELECT d.nud FROM decision_restauration r JOIN requete_restauration q ON q.id = r.requete_id
    JOIN demande d ON d.id = r.demande_id WHERE r.territoire = %s AND r.decideur = q.auteur
UNION ALL
SELECT d.nud FROM decision_separation z JOIN separation s ON s.id = z.separation_id
    JOIN demande d ON d.id = s.nouvelle_id WHERE z.territoire = %s AND z.decideur = s.auteur
"""
ETATS = """
SELECT id, statut, revision, (SELECT count(*) FROM preavis WHERE demande_id = d.id AND possible)
FROM demande d WHERE id = ANY(%s)
"""
ENQUETES = """
SELECT e.id, array_agg(t.demande_id ORDER BY t.demande_id) FROM dossier_enquete e
JOIN demande_enquetee x ON x.enquete_id = e.id AND x.demande_id = %s
JOIN demande_enquetee t ON t.enquete_id = e.id
WHERE e.clos_le IS NULL AND e.origine = 'ANCIENNE_IDENTITE'
GROUP BY e.id ORDER BY e.id
"""
RECONNUS = """
SELECT DISTINCT p.demande_id FROM element_enquete e JOIN identite i ON i.id = e.identite_id
JOIN personne p ON p.id = i.personne_id
WHERE e.enquete_id = %s AND p.rang = (SELECT min(rang) FROM personne x WHERE x.demande_id = p.demande_id)
"""
SEPARATION = """
SELECT id FROM separation WHERE nouvelle_id = %s
"""
ACTES = """
SELECT demande, verbe, count(*) FROM journal_entree WHERE territoire = %s AND demande IS NOT NULL GROUP BY 1, 2
"""
MOUVEMENTS = """
SELECT s.nud, s.avant, e.verbe, s.statut, count(*) OVER (PARTITION BY s.id) FROM (
    SELECT v.id, d.nud, v.demande_id, v.numero, v.statut,
        coalesce(lag(v.statut) OVER (PARTITION BY v.demande_id ORDER BY v.numero), '') AS avant
    FROM version v JOIN demande d ON d.id = v.demande_id WHERE v.territoire = %s
) s LEFT JOIN journal_entree e ON e.demande = s.demande_id AND e.revision = s.numero AND e.verbe = ANY(%s)
    AND (e.verbe <> 'LEVER_GEL' OR e.faits ? 'version')  -- days given back to a return make no revision
    AND (e.verbe <> 'DECIDER_SEPARATION' OR e.faits ->> 'issue' = 'HERITEE')  -- nor what changes no date
"""


@dataclass(frozen=True, slots=True)
class Lue:
    """One application as its tables say it.

    ``titres``: the dates that its seniority counts from; ``preavis``: end of validity and day of each notice; ``nom``:
    of the holder, in force; ``demande``: the one that waits for a decision; ``heritee``: the older date that counts
    after a separation.
    """

    cle: uuid.UUID
    nud: str
    etat: str
    revision: int
    depot: date
    renouvelee: date | None
    expiration: date
    places: int
    radiations: int
    motif: str
    radiee_le: date | None
    revient_jusqu_au: date | None
    retours: int
    titres: list[date]
    preavis: list[list[date]]
    nom: str
    demande: str
    heritee: date | None


@dataclass(frozen=True, slots=True)
class Mouvement:
    """One revision: the state before, the act that the journal names, the state after; ``entrees`` that name it."""

    nud: str
    avant: str
    acte: str | None
    apres: str
    entrees: int


def list_demandes(territoire: str) -> Iterator[Lue]:
    """Every application on record there."""
    for ligne in _lignes(DEMANDES, territoire):
        yield Lue(*ligne)


def get_etats(cles: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[object, ...]]:
    """State, revision and number of notices of these applications."""
    return {cle: tuple(reste) for cle, *reste in _lignes(ETATS, list(cles))}


def get_changement_en_attente(demande: uuid.UUID) -> uuid.UUID | None:
    """The change of identity of this application that nobody decided, or ``None``."""
    lignes = _lignes(CHANGEMENT, demande)
    return uuid.UUID(str(lignes[0][0])) if lignes else None


def get_separation(nouvelle: uuid.UUID) -> uuid.UUID:
    """The separation that registered this application."""
    ((separation,),) = _lignes(SEPARATION, nouvelle)
    return uuid.UUID(str(separation))


def list_decides_par_leur_auteur(territoire: str) -> list[str]:
    """Numbers of the applications on which somebody answered what they had asked."""
    return [nud for (nud,) in _lignes(DECIDES_PAR_LEUR_AUTEUR, *[territoire] * 3)]


def get_effacees(territoire: str) -> dict[uuid.UUID, date]:
    """The day on which each erased application was."""
    return dict(_lignes(EFFACEES, territoire))


def list_enquetes_du_registre(demande: uuid.UUID) -> list[tuple[uuid.UUID, list[uuid.UUID]]]:
    """Enquiries that the register opened by itself about this application and that last, with all they are about."""
    return [(enquete, demandes) for enquete, demandes in _lignes(ENQUETES, demande)]


def list_titulaires_reconnus(enquete: uuid.UUID) -> list[uuid.UUID]:
    """Applications whose applicant this enquiry says that somebody was."""
    return [cle for (cle,) in _lignes(RECONNUS, enquete)]


def count_statistiques(territoire: str) -> int:
    """Anonymous rows kept of erased applications, poured or not yet."""
    return int(_lignes(STATISTIQUES, territoire, territoire)[0][0])


def count_actes(territoire: str) -> dict[uuid.UUID, Counter[str]]:
    """Journal entries that name an application, by verb."""
    comptes: dict[uuid.UUID, Counter[str]] = {}
    for demande, verbe, nombre in _lignes(ACTES, territoire):
        comptes.setdefault(demande, Counter())[verbe] = nombre
    return comptes


def list_mouvements(territoire: str, actes: Collection[str]) -> Iterator[Mouvement]:
    """Every revision of every application, with the act among ``actes`` that made it."""
    for ligne in _lignes(MOUVEMENTS, territoire, sorted(actes)):
        yield Mouvement(*ligne)


def _lignes(requete: str, *parametres: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return list(curseur.fetchall())
