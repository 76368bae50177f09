"""Which facts an act can move, by its verb: the one place that says what each statement needs not look at. Pure.

A verb that is not here may move any fact: one forgotten costs time, never a figure.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sne.infocentre.mesures.faits import FAITS
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.faits.verbes import VerbeFait

SANS_REVISION: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        VerbeFait.CONSIGNER_EVENEMENT: frozenset({"evenement", "decision_sans_suite"}),
        VerbeFait.CONSIGNER_DECISION: frozenset({"decision", "decision_sans_suite"}),
    }
)
"""Acts that note something beside a demande and leave its revision as it was: they make no revision known."""

EFFETS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **SANS_REVISION,
        VerbeDemande.DEPOSER: frozenset({"depot", "identite_fournie", "stock", "piece", "echeance"}),
    }
)
"""What a day is mostly made of, and the facts that each can move. An act that deposits makes the first revision known:
what other facts stand on is written by acts of their own."""


TABLES: Mapping[str, str] = MappingProxyType(
    {
        "decision": "decision_caleol",
        "decision_sans_suite": "decision_caleol",
        "attribution": "attribution",
        "attribution_consignee": "attribution",
        "bail_non_radie": "attribution",
        "identite_fournie": "piece",
        "piece": "piece",
    }
)
"""Tables that a fact stands on, whose rows are only added to: without any, it says nothing of a demande, nor did."""


def repartir(touchees: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    """By fact, the demandes that it may have moved of; ``touchees``: those that acts of each verb touched."""
    return {
        fait: frozenset().union(
            *(demandes for verbe, demandes in touchees.items() if fait in EFFETS.get(verbe, FAITS))
        )
        for fait in FAITS
    }
