"""Writes an attestation, its place in the worklist and its journal entry in one SQL statement.

One round trip instead of five: an issue costs little more than the drawing (docs/performance.md). Integrity and
triggers are the tables' own.
"""

# ruff: noqa: S608 - table and column names come from the models, values are parameters

from functools import cache
from typing import Any

from django.db import connection, models
from pydantic_core import to_json

from sne.attestations.models import Attestation, AttestationARemettre
from sne.journal import actions as journal
from sne.journal.rules import Entree

COLONNES_DE_LA_BASE = {"inscrit_le"}  # the database's own clock


def ecrire(attestation: Attestation, entree: Entree) -> None:
    """Insert a new attestation, to be handed over in the place of the one that it replaces, and tell the journal."""
    attente = AttestationARemettre(
        attestation_id=attestation.id,
        territoire=attestation.territoire,
        guichet=attestation.guichet,
        canal_prevu=attestation.canal_prevu,
        survenu_le=attestation.survenu_le,
    )
    valeurs = [*_valeurs(attestation), attestation.remplace_id, *_valeurs(attente)]
    with connection.cursor() as curseur:
        curseur.execute(_ordre(), [*valeurs, to_json([journal.en_json(entree)]).decode()])
    attestation._state.adding = False


@cache
def _ordre() -> str:
    """The statement: what is replaced leaves the worklist, the new one enters it, the journal's function comes last."""
    return (
        f"WITH emise AS ({_inserer(Attestation)}), "
        "sortie AS (DELETE FROM attestation_a_remettre WHERE attestation_id = %s), "
        f"entree AS ({_inserer(AttestationARemettre)}) "
        f"{journal.INSCRIRE}"
    )


def _inserer(table: type[models.Model]) -> str:
    colonnes = [champ.column for champ in _champs(table)]
    marques = ", ".join(["%s"] * len(colonnes))
    return f"INSERT INTO {table._meta.db_table} ({', '.join(colonnes)}) VALUES ({marques})"


@cache
def _champs(table: type[models.Model]) -> tuple[Any, ...]:
    return tuple(f for f in table._meta.concrete_fields if f.column not in COLONNES_DE_LA_BASE)


def _valeurs(ligne: models.Model) -> list[Any]:
    return [
        champ.get_db_prep_save(getattr(ligne, champ.attname), connection=connection)
        for champ in _champs(type(ligne))
    ]
