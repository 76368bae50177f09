"""The report of a simulation for a person: a label and a figure for each line."""

from collections.abc import Mapping
from typing import Any


def lignes(resultat: Mapping[str, Any]) -> list[tuple[str, object]]:
    """The lines, in order."""
    tableau: list[tuple[str, object]] = [("Demandes", resultat["demandes"])]
    tableau += [(f"État {etat}", nombre) for etat, nombre in resultat["etats"].items()]
    tableau += [(f"Acte {acte}", nombre) for acte, nombre in resultat["transitions"].items()]
    for acte, codes in resultat["refus"].items():
        tableau += [(f"Refusé {acte} ({code})", nombre) for code, nombre in codes.items()]
    tableau += [(f"Passages de l’horloge {quoi}", nombre) for quoi, nombre in resultat["passages"].items()]
    tableau += [
        ("Règles enfreintes", resultat["violations"]),
        ("Demandes non comptées", resultat["non_comptees"]),
        ("Secondes", resultat["secondes"]),
    ]
    return tableau
