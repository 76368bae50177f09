"""The rows of each fact between two seals, by COPY from one snapshot of the register; the SQL is in ``faits/``."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

from sne.cellules.routage import dans, ici
from sne.infocentre.lac.effets import SANS_REVISION, TABLES, repartir
from sne.infocentre.mesures.faits import FAITS, Facon, Fait
from sne.journal.rules import ecritures
from sne.registre.faits.rules.attributions import DE_L_ETAT
from sne.socle.erreurs import Interdit
from sne.socle.replique import ECRITURE, base

DOSSIER = Path(__file__).parent / "faits"
# Much of a register at once, of which the planner knows little: it is read whole rather than row by row.
EN_NOMBRE = """
SELECT coalesce(sum(nombre) FILTER (WHERE numero > %(depuis)s AND numero <= %(jusqua)s), 0)
    > greatest(20000, sum(nombre) / 4) FROM journal_scellement
"""
QUI_EN_ONT = """
SELECT DISTINCT x.demande_id::text FROM unnest(%s::uuid[]) t(demande)
JOIN demande d ON d.id = t.demande JOIN {table} x ON x.territoire = d.territoire AND x.demande_id = d.id
"""
BOUCLES = "SET LOCAL enable_nestloop = {}"
# The one that lent its snapshot waits, idle, while the other ends its last fact: of a nation, more than the minutes
# that a session of the service may idle. It writes nothing: no seal waits for it.
PATIENTER = "SET LOCAL idle_in_transaction_session_timeout = 0"
INSTANTANE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class VersementRefuse(Interdit):
    """What was read does not agree with the journal: nothing is poured."""

    code = "VERSEMENT_REFUSE"


@dataclass(frozen=True, slots=True)
class Extrait:
    """One fact as it left PostgreSQL: a CSV, and how many lines were sent."""

    fait: Fait
    csv: Path
    lignes: int


def requete(fait: Fait) -> str:
    """The statement of a fact: what all stand on, its own, then its lines with their key instead of the demande."""
    propres = "".join(f", f.{colonne}" for colonne in fait.propres)
    fin = "_actes" if fait.facon is Facon.ACTES else "_etats"
    commun, propre, lignes = (_lire(nom) for nom in ("_commun", fait.code, fin))
    sens = "e.sens" if fait.facon is Facon.PERIODES else "1"
    return f"{commun}, {propre}{lignes.replace('{propres}', propres).replace('{sens}', sens)}"


def extraire(dossier: Path, *, depuis: int, jusqua: int) -> list[Extrait]:
    """Each fact of ]``depuis``, ``jusqua``] in a file of ``dossier``. Call it in a transaction, there where it is read,
    that it opens: it lends what it sees to another, and facts are read side by side. On a replica, one after the other:
    two connections may lead to two of them, which share no view.

    Raises ``VersementRefuse`` when an act of the journal has no row in the register.
    """
    parametres, ou = _parametres(depuis, jusqua), base()
    with connections[ou].cursor() as curseur, ThreadPoolExecutor(1) as fil:
        curseur.execute(INSTANTANE)
        curseur.execute(EN_NOMBRE, parametres)
        boucles = BOUCLES.format("off" if curseur.fetchone()[0] else "on")
        curseur.execute(boucles)
        curseur.execute(PATIENTER)
        curseur.execute("SELECT pg_export_snapshot()")
        (instantane,) = curseur.fetchone()

        def a_cote[T](lire: Callable[[Any], T]) -> Future[T]:
            if ou == ECRITURE:
                return fil.submit(_a_cote, ici(), instantane, boucles, lire)
            return _ici(curseur, lire)

        controle = a_cote(partial(_controler, parametres=parametres))
        curseur.execute(_lire("_touchees"), parametres)
        touchees = _qui_en_ont(curseur, repartir(dict(curseur.fetchall())))
        vue = _Vue(dossier, parametres, touchees)
        suite = iter(sorted(FAITS.values(), key=lambda fait: -len(touchees[fait.code])))
        controle.result()
        autres = a_cote(partial(_copier, vue=vue, suite=suite))
        return [*_copier(curseur, vue, suite), *autres.result()]


@dataclass(frozen=True, slots=True)
class _Vue:
    """What a pouring reads, and where it writes; ``touchees``: by fact, the demandes that it may have moved of."""

    dossier: Path
    parametres: Mapping[str, Any]
    touchees: Mapping[str, frozenset[str]]


def _qui_en_ont(curseur: Any, touchees: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """Of the demandes touched, by fact, those that have a row in the table that the fact stands on."""
    restent = dict(touchees)
    for table in sorted(set(TABLES.values())):
        faits = [fait for fait, sienne in TABLES.items() if sienne == table]
        toutes = frozenset().union(*(touchees[fait] for fait in faits))
        curseur.execute(QUI_EN_ONT.format(table=table), [f"{{{','.join(toutes)}}}"])
        ont = {demande for (demande,) in curseur.fetchall()}
        restent |= {fait: touchees[fait] & ont for fait in faits}
    return restent


def _a_cote[T](cellule: str, instantane: str, boucles: str, lire: Callable[[Any], T]) -> T:
    """What another connection to that cell reads of the same view; ``boucles``: what the planner is told of them."""
    with dans(cellule):
        try:
            with transaction.atomic(), connection.cursor() as curseur:
                curseur.execute(INSTANTANE)
                curseur.execute(f"SET TRANSACTION SNAPSHOT '{instantane}'")  # the database wrote it
                curseur.execute(boucles)
                return lire(curseur)
        finally:
            connection.close()  # of this thread


def _ici[T](curseur: Any, lire: Callable[[Any], T]) -> Future[T]:
    """The same of this very connection, done at once."""
    faite: Future[T] = Future()
    faite.set_result(lire(curseur))
    return faite


def _copier(curseur: Any, vue: _Vue, suite: Iterator[Fait]) -> list[Extrait]:
    """Each of these facts in its file; nothing is asked of one that nothing can have moved."""
    extraits = []
    for fait in suite:
        csv, touchees = vue.dossier / f"{fait.code}.csv", vue.touchees[fait.code]
        lignes = 0
        with csv.open("wb") as sortie:
            if touchees:
                ordre = f"COPY ({requete(fait)}) TO STDOUT (FORMAT csv, NULL '\\N')"
                parametres = {**vue.parametres, "touchees": f"{{{','.join(touchees)}}}"}
                with curseur.copy(ordre, parametres) as lu:
                    for bloc in lu:
                        sortie.write(bloc)
                lignes = curseur.rowcount
        extraits.append(Extrait(fait, csv, lignes))
    return extraits


def _controler(curseur: Any, parametres: Mapping[str, Any]) -> None:
    """Each act of the journal between the two seals has its row in the register, but those of erased demandes."""
    curseur.execute(_lire("_controle"), parametres)
    perdus = [f"{verbe} {manquent}" for verbe, manquent in curseur.fetchall()]
    if perdus:
        raise VersementRefuse(f"Des actes du journal n’ont pas leur ligne au registre : {', '.join(perdus)}.")


def _parametres(depuis: int, jusqua: int) -> Mapping[str, Any]:
    return {
        "depuis": depuis,
        "jusqua": jusqua,
        "verbes": sorted(map(str, ecritures())),
        "sans_revision": sorted(map(str, SANS_REVISION)),
        "etat": sorted(DE_L_ETAT),
    }


@cache
def _lire(nom: str) -> str:
    return (DOSSIER / f"{nom}.sql").read_text("utf-8")
