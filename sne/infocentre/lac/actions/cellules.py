"""Cells: what is added to them, and how all of them are counted again."""

# ruff: noqa: S608 - the statements are put together from constants of this file

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from sne.infocentre.lac.models import Agregat, Curseur
from sne.infocentre.lac.selectors.preuve import recompter_le_lac
from sne.infocentre.lac.verbes import VerbeLac
from sne.infocentre.mesures import sql
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.socle.acte import Acte

LOT = 20_000
UNITES = "\x1f"
LUES = (
    "unnest(%s::text[], %s::text[], %s::text[], %s::date[], %s::text[], %s::bigint[]) AS l(t, a, g, m, x, v)"
)
AJOUTER = f"""
WITH ecrites AS (INSERT INTO agregat AS c (territoire, axe, ligne, mois, mesure, valeur)
SELECT t, a, g, m, x, v FROM {LUES}
ON CONFLICT (territoire, axe, mois, ligne, mesure) DO UPDATE SET valeur = c.valeur + excluded.valeur RETURNING valeur)
SELECT count(*) FILTER (WHERE valeur = 0) FROM ecrites
"""
AJOUTER_AUX_EFFACES = AJOUTER.replace("INTO agregat", "INTO agregat_efface")
RETIRER_LES_NULLES = f"""
DELETE FROM agregat c USING {LUES}
WHERE c.territoire = t AND c.axe = a AND c.mois = m AND c.ligne = g AND c.mesure = x AND c.valeur = 0
"""
REPRENDRE_LES_EFFACES = """
INSERT INTO agregat (territoire, axe, ligne, mois, mesure, valeur)
SELECT territoire, axe, ligne, mois, mesure, valeur FROM agregat_efface WHERE valeur <> 0
"""


def ajouter(cellules: Sequence[Any]) -> int:
    """Add these values to the cells; how many there were. A cell that comes to zero is no row."""
    return _ecrire(cellules, AJOUTER, RETIRER_LES_NULLES)


def ajouter_aux_effaces(cellules: Sequence[Any]) -> int:
    """Keep what lines taken out of the lake were worth; how many cells there were."""
    return _ecrire(cellules, AJOUTER_AUX_EFFACES)


def recompter(curseur: Curseur, *, acte: Acte) -> None:
    """Count every cell again from the lake, with the measures of today; what erased demandes were worth stays.

    A new measure cannot know what had already been erased: its past starts with the demandes that are left.
    """
    cellules = recompter_le_lac()
    with transaction.atomic(durable=True):
        Curseur.objects.select_for_update().get()
        Agregat.objects.all().delete()
        with connection.cursor() as ordre:
            ordre.execute(REPRENDRE_LES_EFFACES)
        ajouter(cellules)
        Curseur.objects.update(mesures=sql.empreinte())
        journal.inscrire(
            Entree(
                verbe=VerbeLac.VERSER_LAC,
                acte=acte,
                faits={"scellement": str(curseur.scellement), "mesures": sql.empreinte()},
            )
        )


def _ecrire(cellules: Sequence[Any], ajouter: str, retirer: str = "") -> int:
    """``retirer``: what is done of the cells that came to zero, where some did."""
    rangees = sorted(cellules)  # as the table's key has them, so that each of its pages is met once
    with connection.cursor() as curseur:
        for debut in range(0, len(rangees), LOT):
            colonnes = [en_tableau(c) for c in zip(*rangees[debut : debut + LOT], strict=True)]
            curseur.execute(ajouter, colonnes)
            if curseur.fetchone()[0] and retirer:
                curseur.execute(retirer, colonnes)
    return len(cellules)


def en_tableau(valeurs: Sequence[object]) -> str:
    """A list as PostgreSQL reads an array: written whole, it costs half of what it does value by value. None of them
    holds the separator of units.
    """
    joint = UNITES.join(map(str, valeurs)).replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + joint.replace(UNITES, '","') + '"}'
