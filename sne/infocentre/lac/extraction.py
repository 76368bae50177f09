"""The rows of each fact between two seals, by COPY from one snapshot of the register; the SQL is in ``faits/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from sne.infocentre.lac.effets import SANS_REVISION, repartir
from sne.infocentre.mesures.faits import FAITS, Facon, Fait
from sne.journal.rules import ecritures
from sne.registre.faits.rules.attributions import DE_L_ETAT
from sne.socle.erreurs import Interdit

DOSSIER = Path(__file__).parent / "faits"
# Much of a register at once, of which the planner knows little: it is read whole rather than row by row.
EN_NOMBRE = """
SELECT coalesce(sum(nombre) FILTER (WHERE numero > %(depuis)s AND numero <= %(jusqua)s), 0)
    > greatest(20000, sum(nombre) / 4) FROM journal_scellement
"""
SANS_BOUCLES = "SET LOCAL enable_nestloop = off"
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
    """Each fact of ]``depuis``, ``jusqua``] in a file of ``dossier``. Call it in a transaction that it opens.

    Raises ``VersementRefuse`` when an act of the journal has no row in the register.
    """
    parametres = _parametres(depuis, jusqua)
    with connection.cursor() as curseur:
        curseur.execute(INSTANTANE)
        curseur.execute(EN_NOMBRE, parametres)
        if curseur.fetchone()[0]:
            curseur.execute(SANS_BOUCLES)
        _controler(curseur, parametres)
        curseur.execute(_lire("_touchees"), parametres)
        touchees = repartir(dict(curseur.fetchall()))
        return [
            _copier(
                curseur,
                fait,
                dossier / f"{fait.code}.csv",
                {**parametres, "touchees": f"{{{','.join(touchees[fait.code])}}}"},
            )
            for fait in FAITS.values()
        ]


def _copier(curseur: Any, fait: Fait, csv: Path, parametres: Mapping[str, Any]) -> Extrait:
    ordre = f"COPY ({requete(fait)}) TO STDOUT (FORMAT csv, NULL '\\N')"
    with csv.open("wb") as sortie, curseur.copy(ordre, parametres) as lu:
        for bloc in lu:
            sortie.write(bloc)
    return Extrait(fait, csv, curseur.rowcount)


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
