"""What a simulation ends with: counts, violations, numbers unaccounted for, under stable keys."""

from collections import Counter
from typing import Any

from sne.simulation.controle import Violation, comparer, controler_journal
from sne.simulation.foyers import TERRITOIRE
from sne.simulation.monde import Monde

EXEMPLES = 20


def rapporter(monde: Monde) -> dict[str, Any]:
    """Counts by state, act and refusal, violations with the first of them told, numbers that are in no state.

    Everything but the seconds, which the caller adds, is the same for the same options.
    """
    bilan = comparer(monde.temoin, TERRITOIRE)
    transitions, du_journal = controler_journal(monde.temoin, TERRITOIRE)
    violations: list[Violation] = [*monde.violations, *bilan.violations, *du_journal]
    refus: dict[str, dict[str, int]] = {}
    for (acte, code), nombre in sorted(monde.refus.items()):
        refus.setdefault(acte, {})[code] = nombre
    return {
        "graine": monde.reglages.graine,
        "annees": monde.reglages.annees,
        "taille": monde.reglages.taille,
        "demandes": len(monde.temoin.fiches),
        "etats": _trier(bilan.etats),
        "transitions": _trier(transitions),
        "refus": refus,
        "passages": _trier(monde.passages),
        "violations": len(violations),
        "regles": _trier(Counter(v.regle for v in violations)),
        "exemples": [
            {"nud": v.nud, "regle": v.regle, "attendu": v.attendu, "trouve": v.trouve}
            for v in violations[:EXEMPLES]
        ],
        "non_comptees": len(bilan.non_comptees),
        "numeros_non_comptes": bilan.non_comptees[:EXEMPLES],
    }


def _trier(comptes: Counter[str]) -> dict[str, int]:
    return dict(sorted(comptes.items()))
