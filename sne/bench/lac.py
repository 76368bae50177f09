"""A lake of the size of a nation, drawn, and its figures by SQL written by hand: the peer of the compiled one."""

# ruff: noqa: S608 - the statements are put together from constants of this file

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from dateutil.relativedelta import relativedelta

from sne.bench.pgbench import MesureImpossible
from sne.bench.rules import Tranche
from sne.infocentre.mesures import sql
from sne.infocentre.mesures.catalogue import par_fait
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.moteur.cellules import AXE_GUICHET
from sne.infocentre.moteur.duck import GROUPE, TYPES, Base, ouvrir
from sne.socle.horloge import jour

TERRITOIRES, GUICHETS, MOIS = 97, 52, 24
FAITS_PAR_DEMANDE, JOURS = 8, 28
MEMOIRE, MEMOIRE_DU_TRI = "1GB", "6GB"  # as the service has; to sort twenty million cells
PARTS: Mapping[str, float] = {
    "depot": 0.16,
    "identite_fournie": 0.12,
    "attribution": 0.04,
    "attribution_rejetee": 0.01,
    "decision": 0.15,
    "evenement": 0.52,
}
"""The facts of the table of quality, as a year has of each; they sum to one."""
DECISIONS = ("ATTR", "ATTR_RANG", "ATTR_SUSP", "NON_ATTR", "IRRECEVABLE")
VALEURS: Mapping[str, str] = {
    "mutation": "['OUI', 'NON', 'NON']",
    "deja_loge": "['OUI', 'NON', 'NONDOC']",
    "qpv": "['OUI', 'NON', 'INCONNU']",
    "code": str([*DECISIONS]),
    "type": "['CONTACT', 'PROPOSITION', 'REFUS_DEMANDEUR']",
    "canal": "['GUICHET', 'PGP', 'INTERFACE']",
    "ressources": "['MONTANT', 'MONTANT', 'ZERO', 'INCONNU']",
    "type_min": "['T1', 'T2', 'T3', 'T4', 'T5']",
}
A_LA_MAIN: Mapping[str, Mapping[str, str]] = {
    "depot": {
        "DEPOTS": "physique",
        "DEPOTS_ASSOCIATIONS": "NOT physique",
        "DEPOTS_GUICHET": "physique AND canal = 'GUICHET'",
        "DEPOTS_PGP": "physique AND canal = 'PGP'",
        "DEPOTS_INTERFACE": "physique AND canal = 'INTERFACE'",
        "DEPOTS_SANS_RFR": "physique AND NOT rfr_connu",
        "DEPOTS_RESSOURCES_INCONNUES": "physique AND ressources = 'INCONNU'",
        "DEPOTS_RESSOURCES_ZERO": "physique AND ressources = 'ZERO'",
        "DEPOTS_1_PERSONNE": "physique AND personnes = 1",
        "DEPOTS_1_PERSONNE_T3": "physique AND personnes = 1 AND type_min IN ('T3', 'T4', 'T5', 'T6P')",
        "DEPOTS_RETARD_30J": "physique AND retard_jours > 30",
        "DEPOTS_COMPLETS": "physique AND rfr_connu AND ressources <> 'INCONNU' AND commune1 <> ''",
    },
    "identite_fournie": {"IDENTITES_FOURNIES": "physique"},
    "attribution": {
        "ATTRIBUTIONS": "",
        "ATTRIBUTIONS_ETAT": "etat",
        "ATTRIBUTIONS_RPLS": "rpls_valide",
        "ATTRIBUTIONS_RPLS_APPARIEES": "rpls_apparie",
        "ATTRIBUTIONS_RPLS_COUVERTES": "rpls_apparie IS NOT NULL",
        "ATTRIBUTIONS_PRIORITAIRES": "prioritaire",
        "ATTRIBUTIONS_DALO": "dalo",
        "ATTRIBUTIONS_MUTATIONS": "mutation = 'OUI'",
        "ATTRIBUTIONS_DEJA_LOGES": "deja_loge = 'OUI'",
        "ATTRIBUTIONS_QPV": "qpv = 'OUI'",
        "ATTRIBUTIONS_HORS_QPV": "qpv = 'NON'",
        "ATTRIBUTIONS_ANCIENNETE_30J": "anciennete_jours < 30",
        "ATTRIBUTIONS_DELAI_30J": "delai_jours < 30",
        "ATTRIBUTIONS_TARDIVES_10J": "delai_jours > 10",
        "ATTRIBUTIONS_PORTAIL": "portail",
        "ATTRIBUTIONS_PORTAIL_NON_RETRAVAILLEES": "portail AND NOT retravaillee",
        "ATTRIBUTIONS_SANS_RFR": "NOT rfr_au_bail",
        "ATTRIBUTIONS_SANS_AVIS": "NOT avis_au_bail",
    },
    "attribution_rejetee": {"ATTRIBUTIONS_REJETEES": ""},
    "decision": {
        "DECISIONS": "",
        "DECISIONS_PRIORITAIRES": "prioritaire",
        **{f"DECISIONS_{code}": f"code = '{code}'" for code in DECISIONS},
    },
    "evenement": {
        "EVENEMENTS": "",
        "EVENEMENTS_REFUS": "type = 'REFUS_DEMANDEUR'",
        "EVENEMENTS_PROPOSITIONS": "type = 'PROPOSITION'",
    },
}
"""By fact, the rows that each of its measures counts."""
SOMMES: Mapping[str, str] = {"ATTRIBUTIONS_DELAI_JOURS": "sum(signe * delai_jours)"}
"""Those that count something else than rows, by hand too."""


@dataclass(frozen=True, slots=True)
class Dessine:
    """One file: what fact, of which month, where, how many lines."""

    fait: str
    mois: date
    chemin: Path
    lignes: int


@dataclass(frozen=True, slots=True)
class Lac:
    """Files of facts; ``base`` reads them as views of the names of facts.

    ``demandes``: how many of each territory they are about.
    """

    base: Base
    fichiers: tuple[Dessine, ...]
    demandes: int

    @property
    def lignes(self) -> int:
        """How many facts there are."""
        return sum(fichier.lignes for fichier in self.fichiers)

    def compile(self) -> Tranche:
        """One reading of every measure by the committed SQL."""
        return self._lire("compile", {fait: sql.lire(fait) for fait in PARTS})

    def a_la_main(self) -> Tranche:
        """The same by hand."""
        return self._lire("main", {fait: par_la_main(fait) for fait in PARTS})

    def comparer(self) -> None:
        """Both gave the same integers. Raises ``MesureImpossible``."""
        for fait in PARTS:
            entiers = ", ".join(f'CAST("{mesure}" AS BIGINT)' for mesure in _mesures(fait))
            uns, autres = (
                f"SELECT territoire, guichet, mois, {entiers} FROM {cote}_{fait}"
                for cote in ("compile", "main")
            )
            ecarts = self.base.execute(
                f"({uns} EXCEPT {autres}) UNION ALL ({autres} EXCEPT {uns})"
            ).fetchall()
            if ecarts:
                raise MesureImpossible(f"Deux chiffres pour une mesure de « {fait} » : {ecarts[0]}.")

    def ecrire_cellules(self, csv: Path) -> None:
        """Every cell that these facts are worth, by the committed SQL, as lines that PostgreSQL copies in order."""
        lues = " UNION ALL ".join(f"({_en_cellules(fait, forme)})" for fait, forme in _formes())
        self.base.execute(f"SET memory_limit = '{MEMOIRE_DU_TRI}'")
        self.base.execute(
            "COPY (SELECT territoire, axe, ligne, CAST(mois AS DATE), mesure, CAST(valeur AS BIGINT) "
            f"FROM ({lues}) WHERE valeur <> 0 ORDER BY territoire, axe, mois, ligne, mesure) "
            f"TO '{csv}' (FORMAT csv, HEADER false)"
        )
        self.base.execute(f"SET memory_limit = '{MEMOIRE}'")

    def ecrire_cles(self, csv: Path, territoires: Sequence[int]) -> None:
        """The territory, the rank in it and the key of every demande of these territories."""
        self.base.execute(
            f"COPY (SELECT t, i, {_cle('t', 'i')} FROM (SELECT unnest({list(territoires)})) AS x(t), "
            f"range({self.demandes}) AS y(i)) "
            f"TO '{csv}' (FORMAT csv, HEADER false)"
        )

    def _lire(self, cote: str, ordres: Mapping[str, str]) -> Tranche:
        debut, processeur = time.perf_counter(), time.process_time()
        for fait, ordre in ordres.items():
            self.base.execute(f"CREATE OR REPLACE TEMP TABLE {cote}_{fait} AS {ordre}")
        duree = time.perf_counter() - debut
        return Tranche(1, duree, (1000 * duree,), time.process_time() - processeur)


def par_la_main(fait: str) -> str:
    """The aggregate of a fact, as somebody writes it."""
    connues = A_LA_MAIN[fait]
    sommes = (
        f'{SOMMES[code] if code in SOMMES else _somme(connues[code])} AS "{code}"' for code in _mesures(fait)
    )
    mois = "date_trunc('month', jour) AS mois"
    return f"SELECT territoire, guichet, {mois}, {', '.join(sommes)} FROM {fait} GROUP BY ALL"


def _somme(condition: str) -> str:
    return f"coalesce(sum(signe) FILTER (WHERE {condition}), 0)" if condition else "sum(signe)"


def _mesures(fait: str) -> tuple[str, ...]:
    return par_fait()[fait]


def _formes() -> Iterator[tuple[str, sql.Forme]]:
    for fait in PARTS:
        yield from ((fait, f) for f in sql.CELLULES if sql.chemin(fait, "duckdb", f).is_file())


def _en_cellules(fait: str, forme: sql.Forme) -> str:
    """A row by cell, where the sums of a fact are a column by measure."""
    sommes = sql.lire(fait, forme=forme)
    if forme is sql.Forme.DISTRIBUTIONS:
        return f"SELECT territoire, axe, ligne, mois, mesure, valeur FROM ({sommes})"
    axe, ligne = ("axe", "ligne") if forme is sql.Forme.AXES else (f"'{AXE_GUICHET}'", "guichet")
    nommees = "territoire, axe, ligne, mois" if forme is sql.Forme.AXES else "territoire, guichet, mois"
    return (
        f"SELECT territoire, {axe} AS axe, {ligne} AS ligne, mois, mesure, valeur FROM "
        f"(UNPIVOT ({sommes}) ON COLUMNS(* EXCLUDE ({nommees})) INTO NAME mesure VALUE valeur)"
    )


@contextmanager
def dessiner(dossier: Path, nombre: int) -> Iterator[Lac]:
    """Draw ``nombre`` facts over the last two years that are over, a file by fact and month, as those of the service;
    what an earlier row of this run drew is read again.
    """
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    debut = jour(datetime.now(UTC)).replace(day=1) - relativedelta(months=MOIS)
    fichiers = tuple(
        Dessine(fait, mois, dossier / fait / f"{mois:%Y-%m}.parquet", int(nombre * part / MOIS))
        for fait, part in PARTS.items()
        for mois in (debut + relativedelta(months=n) for n in range(MOIS))
    )
    demandes = max(1, nombre // TERRITOIRES // FAITS_PAR_DEMANDE)
    with ouvrir({"memory_limit": MEMOIRE, "temp_directory": str(dossier)}) as base:
        for fichier in fichiers:
            if not fichier.chemin.exists():
                _ecrire(base, fichier, demandes)
        for fait in PARTS:
            base.execute(f"CREATE VIEW {fait} AS SELECT * FROM read_parquet('{dossier}/{fait}/*.parquet')")
        yield Lac(base, fichiers, demandes)


def _ecrire(base: Base, fichier: Dessine, demandes: int) -> None:
    """Lines come out by territory, counter and day, as the service sorts them: none is moved, however many."""
    nombre, mois = fichier.lignes, fichier.mois
    rang = f"i * {TERRITOIRES * GUICHETS} // {nombre}"
    territoire = f"(1 + ({rang}) // {GUICHETS})"
    tirees = {
        "cle": _cle(territoire, f"tirer(i, 0) % {demandes}"),
        "territoire": f"printf('%03d', {territoire})",
        "guichet": f"printf('%03dG%04d', {territoire}, ({rang}) % {GUICHETS})",
        "jour": f"DATE '{mois}' + CAST(i * {TERRITOIRES * GUICHETS} % {nombre} * {JOURS} // {nombre} AS INTEGER)",
        "scellement": f"1 + tirer(i, 3) % {nombre}",
        "signe": "CASE WHEN tirer(i, 4) % 33 = 0 THEN -1 ELSE 1 END",
    }
    for n, (colonne, genre) in enumerate(FAITS[fichier.fait].propres.items(), 5):
        tirees[colonne] = _tirer(n, colonne, genre)
    types = FAITS[fichier.fait].colonnes
    colonnes = ", ".join(f"CAST({x} AS {TYPES[types[c]]}) AS {c}" for c, x in tirees.items())
    graine = (12 * mois.year + mois.month) * 1_000_003
    base.execute(f"CREATE OR REPLACE MACRO tirer(i, n) AS CAST(hash(i * 64 + n + {graine}) >> 2 AS BIGINT)")
    fichier.chemin.parent.mkdir(exist_ok=True, mode=0o700)
    base.execute(
        f"COPY (SELECT {colonnes} FROM range({nombre}) AS r(i)) "
        f"TO '{fichier.chemin}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUPE})"
    )


def _cle(territoire: str, demande: str) -> str:
    """The key of a demande of a territory: as far from its rank as one drawn at random."""
    return f"1 + CAST(hash(CAST({territoire} AS BIGINT) * 100000000 + {demande}) >> 2 AS BIGINT)"


def _tirer(rang: int, colonne: str, genre: str) -> str:
    if genre == "boolean":
        return f"tirer(i, {rang}) % 5 = 0" if colonne != "physique" else f"tirer(i, {rang}) % 50 > 0"
    if genre == "string":
        liste = VALEURS.get(colonne, "['A', 'B', 'C', 'D']")
        return f"{liste}[1 + CAST(tirer(i, {rang}) % len({liste}) AS INTEGER)]"
    if genre == "date":
        return f"DATE '2023-01-01' + CAST(tirer(i, {rang}) % 700 AS INTEGER)"
    if colonne == "retard_jours":  # most demandes are registered on the day
        return f"CASE WHEN tirer(i, {rang}) % 3 > 0 THEN 0 ELSE tirer(i, {rang}) % 60 END"
    return f"tirer(i, {rang}) % 60" if colonne != "personnes" else f"1 + tirer(i, {rang}) % 5"
