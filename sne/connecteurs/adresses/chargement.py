"""The national file of addresses into the index: streamed to the database, then one département after the other, whole.

A département is replaced in one transaction: whoever searches meanwhile reads the former one, then the new one. A file
that would take many of its addresses away is more likely cut than right, and is refused unless said otherwise.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.db import connection, transaction
from psycopg import DataError, sql

from sne.connecteurs.adresses.rules import mots
from sne.connecteurs.models import DepartementAdresses
from sne.socle.erreurs import Interdit

VOULUES = ("id", "numero", "rep", "nom_voie", "code_postal", "code_insee", "nom_commune")
BLOC = 1 << 20  # bytes read at once
PART_MIN = 0.8  # of its numbers, that a département keeps
_NOM_DE_COLONNE = re.compile(r"[a-z_][a-z0-9_]{0,62}")

DEPARTEMENT = "CASE WHEN code_insee ~ '^9[78]' THEN left(code_insee, 3) ELSE left(code_insee, 2) END"
LISIBLE = (
    "nom_voie <> '' AND nom_commune <> '' AND code_postal ~ '^[0-9]{5}$' AND numero ~ '^[0-9]{1,5}$' "
    "AND code_insee ~ '^([0-9]{5}|2[AB][0-9]{3})$' AND id ~ '^[^_]+_[^_]+' AND length(nom_voie) <= 200 "
    "AND length(rep) <= 9 AND length(nom_commune) <= 100 AND length(id) <= 60"
)
PREPARER = f"""
CREATE TEMPORARY TABLE voies_recues ON COMMIT PRESERVE ROWS AS
SELECT {DEPARTEMENT} AS departement, min(substring(id from '^[^_]+_[^_]+')) AS identifiant, nom_voie, code_postal,
    code_insee, nom_commune, array_agg(DISTINCT numero::int || coalesce(' ' || nullif(lower(rep), ''), ''))
        FILTER (WHERE numero <> '99999') AS numeros
FROM adresses_recues WHERE {LISIBLE} GROUP BY code_insee, nom_voie, code_postal, nom_commune
"""  # noqa: S608 - constants of this file
NOMS = """
SELECT nom_voie FROM voies_recues WHERE departement = %s
UNION SELECT nom_commune FROM voies_recues WHERE departement = %s
"""
INSERER = """
INSERT INTO voie_adresse (departement, identifiant, nom, code_postal, commune, nom_commune, population, numeros,
    cherche, jetons)
SELECT v.departement, v.identifiant, v.nom_voie, v.code_postal, v.code_insee, v.nom_commune,
    coalesce(c.population, p.population, 0), coalesce(v.numeros, '{}'),
    array_to_string(n.mots, ' ') || ', ' || array_to_string(v.code_postal || m.mots, ' '),
    array_to_tsvector(n.mots || v.code_postal || m.mots)
FROM voies_recues v JOIN noms_recus n ON n.nom = v.nom_voie JOIN noms_recus m ON m.nom = v.nom_commune
LEFT JOIN commune c ON c.code = v.code_insee LEFT JOIN commune p ON p.code = c.parent_id
WHERE v.departement = %s AND cardinality(n.mots) > 0 AND cardinality(m.mots) > 0
ORDER BY coalesce(c.population, p.population, 0) DESC, v.code_insee, v.nom_voie
"""
MOTS = """
INSERT INTO mot_adresse (mot, sans_une)
SELECT mot, CASE WHEN mot ~ '^[a-z]+$' THEN mot || ARRAY(
    SELECT left(mot, rang - 1) || substr(mot, rang + 1) FROM generate_series(1, length(mot)) rang
) ELSE '{}' END
FROM (SELECT DISTINCT mot FROM (
    SELECT unnest(mots) FROM noms_recus
    UNION ALL SELECT code_postal FROM voies_recues WHERE departement = %s
) AS tous(mot)) AS mots
WHERE NOT EXISTS (SELECT FROM mot_adresse connu WHERE connu.mot = mots.mot) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Bilan:
    """What became of one département: what it has now; ``refuse``: too much would have gone, nothing changed."""

    departement: str
    voies: int
    numeros: int
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class Chargement:
    """What a file gave. ``ignorees``: lines without a street, a commune or a number that can be read."""

    bilans: tuple[Bilan, ...]
    ignorees: int


def charger_adresses(flux: IO[bytes], *, le: datetime, meme_si_moins: bool = False) -> Chargement:
    """Load a file in the national format (UTF-8, « ; », a header). Runs as the owner of the tables.

    Raises :class:`Interdit`, whose sentence says what is wrong with the file; what was loaded before stays.
    """
    try:
        lues = _recevoir(flux)
        departements = _preparer()
        if not departements:
            raise Interdit("Ce fichier ne contient aucune adresse lisible\u00a0: rien n’a été changé.")
        bilans = [_remplacer(d, le=le, meme_si_moins=meme_si_moins) for d in departements]
        with connection.cursor() as curseur:
            curseur.execute("ANALYZE voie_adresse, mot_adresse")
            curseur.execute(f"SELECT count(*) FROM adresses_recues WHERE {LISIBLE}")  # noqa: S608
            lisibles = int(curseur.fetchone()[0])
    finally:
        _jeter()
    return Chargement(tuple(bilans), ignorees=lues - lisibles)


def _recevoir(flux: IO[bytes]) -> int:
    """The lines of the file, as they are, in a table of this session; how many."""
    colonnes = _lire_entete(flux.readline(BLOC))
    with connection.cursor() as curseur:
        declarees = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(c)) for c in colonnes)
        curseur.execute(
            sql.SQL("CREATE TEMPORARY TABLE adresses_recues ({}) ON COMMIT PRESERVE ROWS")
            .format(declarees)
            .as_string(connection.connection)
        )
        try:
            ordre = "COPY adresses_recues FROM STDIN WITH (FORMAT csv, DELIMITER ';', ENCODING 'UTF8', NULL E'\\x01')"
            with transaction.atomic(), curseur.copy(ordre) as copie:
                while bloc := flux.read(BLOC):
                    copie.write(bloc)
        except DataError as exc:
            raise Interdit(_phrase(exc)) from None
        return int(curseur.rowcount)


def _lire_entete(ligne: bytes) -> Sequence[str]:
    try:
        [colonnes] = list(csv.reader([ligne.decode("utf-8-sig")], delimiter=";")) or [[]]
    except (UnicodeDecodeError, csv.Error, ValueError):
        colonnes = []
    noms = [nom.strip().lower() for nom in colonnes]
    manquent = [nom for nom in VOULUES if nom not in noms]
    if manquent:
        raise Interdit(
            "La première ligne doit nommer les colonnes de la base adresse nationale, séparées par des "
            f"points-virgules. Il manque\u00a0: {', '.join(manquent)}."
        )
    if len(set(noms)) < len(noms) or not all(_NOM_DE_COLONNE.fullmatch(nom) for nom in noms):
        raise Interdit("La première ligne nomme deux fois une colonne, ou l’une d’elles d’un nom illisible.")
    return noms


def _phrase(exc: DataError) -> str:
    """Which line is wrong; never what it says."""
    ou = re.search(r"line (\d+)", exc.diag.context or "")
    quelle = f"La ligne {int(ou[1]) + 1}" if ou else "Une ligne"
    return f"{quelle} du fichier est illisible (colonnes ou signes)\u00a0: rien n’a été changé."


def _preparer() -> list[str]:
    with connection.cursor() as curseur:
        curseur.execute(PREPARER)
        curseur.execute("CREATE TEMPORARY TABLE noms_recus (nom text PRIMARY KEY, mots text[] NOT NULL)")
        curseur.execute("SELECT DISTINCT departement FROM voies_recues ORDER BY departement")
        return [departement for (departement,) in curseur.fetchall()]


@transaction.atomic
def _remplacer(departement: str, *, le: datetime, meme_si_moins: bool) -> Bilan:
    with connection.cursor() as curseur:
        curseur.execute(
            "LOCK TABLE voie_adresse IN SHARE ROW EXCLUSIVE MODE"
        )  # two loads, one after the other
        connu = DepartementAdresses.objects.filter(departement=departement).first()
        curseur.execute(
            "SELECT count(*), coalesce(sum(cardinality(numeros)), 0) FROM voies_recues WHERE departement = %s",
            [departement],
        )
        _, numeros = curseur.fetchone()
        if connu and numeros < PART_MIN * connu.numeros and not meme_si_moins:
            return Bilan(departement, connu.voies, connu.numeros, refuse=True)
        curseur.execute("TRUNCATE noms_recus")
        _nommer(curseur, departement)
        curseur.execute("DELETE FROM voie_adresse WHERE departement = %s", [departement])
        curseur.execute(INSERER, [departement])
        voies = curseur.rowcount
        curseur.execute(MOTS, [departement])
    valeurs = {"charge_le": le, "voies": voies, "numeros": int(numeros)}
    DepartementAdresses.objects.update_or_create(departement=departement, defaults=valeurs)
    return Bilan(departement, voies, int(numeros))


def _nommer(curseur: Any, departement: str) -> None:
    """The words of each name of this département, by the rule that reads what is typed."""
    curseur.execute(NOMS, [departement, departement])
    noms = _en_mots(curseur.fetchall())
    with curseur.copy("COPY noms_recus (nom, mots) FROM STDIN") as copie:
        for ligne in noms:
            copie.write_row(ligne)


def _en_mots(lignes: Sequence[tuple[str]]) -> Iterator[tuple[str, list[str]]]:
    for (nom,) in lignes:
        yield nom, list(mots(nom))


def _jeter() -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "DROP TABLE IF EXISTS pg_temp.adresses_recues, pg_temp.voies_recues, pg_temp.noms_recus"
        )
