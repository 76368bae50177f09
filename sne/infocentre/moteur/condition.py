"""Which lines are read, in SQL that every engine understands."""

from collections.abc import Mapping
from datetime import date
from typing import Any


def condition(filtre: Mapping[str, Any]) -> str:
    """The filter in SQL, the same for every engine. Its days and seal are read as such before they are written."""
    conditions = ["true"]
    for colonne in ("territoire", "guichet"):
        valeurs = filtre.get(f"{colonne}s")
        if valeurs is not None:
            liste = ", ".join(en_texte(v) for v in valeurs)
            conditions.append(f"{colonne} IN ({liste})" if valeurs else "false")
    if filtre.get("axe"):
        colonne, valeurs = filtre["axe"]
        conditions.append(f"{colonne} IN ({', '.join(en_texte(v) for v in valeurs)})")
    if filtre.get("borne"):
        colonne, signe, valeur = filtre["borne"]
        conditions.append(f"{colonne} {signe} {int(valeur)}")
    for borne, signe in (("du", ">="), ("au", "<=")):
        if filtre.get(borne):
            conditions.append(f"jour {signe} DATE '{date.fromisoformat(filtre[borne])}'")
    if filtre.get("scellement") is not None:
        conditions.append(f"scellement <= {int(filtre['scellement'])}")
    return " AND ".join(conditions)


def du_fait(fait: Mapping[str, Any], filtre: Mapping[str, Any]) -> Mapping[str, Any]:
    """The filter of its own lines: of a fact that is counted on a day (``cumule``), every line before that day."""
    return {**filtre, "du": None} if fait.get("cumule") else filtre


def en_texte(valeur: str) -> str:
    """A text as SQL writes it."""
    return "'" + valeur.replace("'", "''") + "'"
