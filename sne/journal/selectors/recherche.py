"""Acts found by the person who did them, where, when, on which demande, on which field: the newest first, without any
value.
"""

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sne.socle.pages import DEBUT, Position
from sne.socle.replique import connection

COLONNES = "id, territoire, demande, verbe, acteur, faits -> 'engagements', survenu_le"


@dataclass(frozen=True, slots=True)
class Recherche:
    """Which acts are searched for. ``guichets``, ``agents``: ``None`` for any; ``cles``: a regular expression on the
    names of the values that an act changed; ``parmi``: verbs, ``None`` for any.
    """

    territoire: str
    depuis: datetime
    avant: datetime
    guichets: Collection[str] | None = None
    agents: Collection[uuid.UUID] | None = None
    demande: uuid.UUID | None = None
    cles: str = ""
    parmi: Collection[str] | None = None
    sauf: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class ActeTrouve:
    """One act. ``champs``: names of the values it changed, as the journal writes them (``champ.cote``)."""

    id: uuid.UUID
    territoire: str
    demande_id: uuid.UUID | None
    verbe: str
    acteur: dict[str, Any]
    champs: tuple[str, ...]
    survenu_le: datetime


def chercher_actes(
    recherche: Recherche, *, au_plus: int, position: Position = DEBUT
) -> tuple[ActeTrouve, ...]:
    """At most ``au_plus`` acts, the newest first, or the nearest first from a position. ``parmi`` and ``sauf`` do not
    widen each other.
    """
    conditions, valeurs = _conditions(recherche)
    if position.rang is not None:
        conditions.append(f"(survenu_le, id) {'>' if position.en_arriere else '<'} (%s, %s)")
        valeurs += [position.cle, position.rang]
    sens = "ASC" if position.en_arriere else "DESC"
    with connection.cursor() as curseur:
        # Every piece of the text is ours: values go apart.
        curseur.execute(
            f"SELECT {COLONNES} FROM journal_entree WHERE {' AND '.join(conditions)} "  # noqa: S608
            f"ORDER BY survenu_le {sens}, id {sens} LIMIT %s",
            [*valeurs, au_plus],
        )
        lus = curseur.fetchall()
    return tuple(_acte(ligne) for ligne in lus)


def _conditions(r: Recherche) -> tuple[list[str], list[Any]]:
    facultatives: tuple[tuple[str, Any], ...] = (
        _parmi("acteur ->> 'guichet'", r.guichets),
        _parmi("acteur ->> 'id'", r.agents),
        ("demande = %s", r.demande),
        ("EXISTS (SELECT FROM jsonb_object_keys(faits -> 'engagements') c WHERE c ~ %s)", r.cles or None),
        ("verbe = ANY(%s)", None if r.parmi is None else sorted(r.parmi)),
        ("verbe <> ALL(%s)", sorted(r.sauf) or None),
    )
    posees = [(condition, valeur) for condition, valeur in facultatives if valeur is not None]
    return (
        ["territoire = %s", "survenu_le >= %s", "survenu_le < %s", *(condition for condition, _ in posees)],
        [r.territoire, r.depuis, r.avant, *(valeur for _, valeur in posees)],
    )


def _parmi(expression: str, valeurs: Collection[object] | None) -> tuple[str, Any]:
    """One value is an equality: the index then gives the rows in the order of the page."""
    textes = None if valeurs is None else sorted(str(v) for v in valeurs)
    if textes is not None and len(textes) == 1:
        return f"{expression} = %s", textes[0]
    return f"{expression} = ANY(%s)", textes


def _acte(ligne: tuple[Any, ...]) -> ActeTrouve:
    """A row of :data:`COLONNES`; JSON comes as text from a plain cursor."""
    cle, territoire, demande, verbe, acteur, engagements, survenu_le = ligne
    return ActeTrouve(
        id=cle,
        territoire=territoire,
        demande_id=demande,
        verbe=verbe,
        acteur=json.loads(acteur),
        champs=tuple(sorted(json.loads(engagements or "{}"))),
        survenu_le=survenu_le,
    )
