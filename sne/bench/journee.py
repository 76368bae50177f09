"""A day of a nation's acts, sealed: some households come and are told of by the true doors, then stand for many.

Their rows are copied with other identifiers, territories and counters, by statements that read them as they were
written: a column more is copied too.
"""

from collections.abc import Mapping

import psycopg

from sne.bench.atelier import Atelier
from sne.bench.copies import DANS_UN_TEXTE, IDENTIFIANTS, colonnes, copier
from sne.bench.lac import GUICHETS, TERRITOIRES
from sne.bench.preparation import LIEU
from sne.socle.bases import Acces

NOUVELLES, CONNUES, DECISIONS = (
    2,
    8,
    2,
)  # households: that come in; that something happens to; to two, a decision
FAITS_D_UNE_FOIS = 16  # what these acts are worth in the lake, as a pouring counts them
SCENE = ("demande", "version", "journal_entree", "journal_position")
DU_JOUR = (*SCENE, "identite", "evenement", "decision_caleol", "piece")
COPIEES = """
{table} t
CROSS JOIN generate_series({premier}, {dernier}) n
CROSS JOIN LATERAL (SELECT lpad(to_hex(n), 8, '0') AS h, lpad((1 + n % {territoires})::text, 3, '0') AS territoire,
    'G' || lpad((n / {territoires} % {guichets})::text, 4, '0') AS guichet) x
WHERE {parmi}
"""
EN_COPIE: Mapping[str, str] = {
    **IDENTIFIANTS,
    "jsonb": "replace(replace(" + DANS_UN_TEXTE + ", '\"{territoire}\"', '\"' || x.territoire || '\"'), "
    "'\"{guichet}\"', '\"' || x.guichet || '\"')::jsonb",
    "varchar": "CASE t.{nom} WHEN '{territoire}' THEN x.territoire WHEN '{guichet}' THEN x.guichet ELSE t.{nom} END",
}
TELLES_QUELLES = {"contenu", "personne_id"}  # the household is the same, and long
AUTREMENT: Mapping[tuple[str, str], str] = {
    ("demande", "nud"): "x.h || left(md5(t.id::text), 10)",
    ("journal_position", "rang"): "t.rang + n * 1000",
    ("evenement", "numero"): "t.numero + n * 1000",
}
# Acts of the households that stand for others, before any copy: entries of nobody are left.
MODELES = """
CREATE TEMP TABLE modeles AS SELECT e.id AS entree, e.demande, p.scellement <= %s AS avant
FROM journal_entree e JOIN journal_position p ON p.entree = e.id WHERE e.demande IS NOT NULL
"""
PARMI: Mapping[str, str] = {
    "demande": "t.id IN (SELECT demande FROM modeles WHERE {quand})",
    "journal_entree": "t.id IN (SELECT entree FROM modeles WHERE {quand})",
    "journal_position": "t.entree IN (SELECT entree FROM modeles WHERE {quand})",
}
DU_DOSSIER = "t.demande_id IN (SELECT demande FROM modeles WHERE {quand})"
COMPTER = """
UPDATE journal_scellement s SET nombre = (SELECT count(*) FROM journal_position p WHERE p.scellement = s.numero)
"""
DEJA_VERSEES = """
INSERT INTO cle_statistique (demande_id, cle)
SELECT demande, row_number() OVER () FROM (SELECT DISTINCT e.demande FROM journal_position p JOIN journal_entree e
    ON e.id = p.entree WHERE p.scellement <= %s AND e.demande IS NOT NULL) x
"""


def multiplier(atelier: Atelier, acces: Acces, faits: int, *, scene: int) -> int:
    """So many facts, or a little more, in the seals after the one that it gives: what was before is as if poured.

    ``scene``: households besides to whom nothing happens that day.
    """
    scelle = int(atelier.preparer("vivre_une_journee", acces=acces))
    fois, fond = -(-faits // FAITS_D_UNE_FOIS), scene // CONNUES
    with psycopg.connect(acces.admin) as connexion:
        connexion.execute("SET session_replication_role = replica")
        connexion.execute(MODELES, [scelle])
        for table in DU_JOUR:
            _copier(connexion, table, (1, fois - 1), "true")
        for table in SCENE:
            _copier(connexion, table, (fois, fois + fond - 1), "avant")
        connexion.execute(
            "ALTER TABLE journal_scellement DISABLE TRIGGER USER"
        )  # that of rows that never change
        connexion.execute(COMPTER)
        connexion.execute(DEJA_VERSEES, [scelle])
    return scelle


def _copier(connexion: psycopg.Connection, table: str, rangs: tuple[int, int], quand: str) -> None:
    """So many copies of the rows of those households; ``quand``: of all their acts, or of those of before the day."""
    lieux = dict(zip(("territoire", "guichet"), LIEU, strict=True))
    valeurs = {}
    for nom, genre in colonnes(connexion, table).items():
        modele = "t.{nom}" if nom in TELLES_QUELLES else EN_COPIE.get(genre, "t.{nom}")
        valeurs[nom] = AUTREMENT.get((table, nom)) or modele.format(nom=nom, **lieux)
    depuis = COPIEES.format(
        table=table,
        premier=rangs[0],
        dernier=rangs[1],
        territoires=TERRITOIRES,
        guichets=GUICHETS,
        parmi=PARMI.get(table, DU_DOSSIER).format(quand=quand),
    )
    copier(connexion, table, valeurs, depuis)
