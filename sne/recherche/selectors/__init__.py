"""Reads of the search: results with their facets, suggestions, queries that led nowhere."""

from sne.recherche.selectors.chercher import Mot, Resultat, Resultats, chercher
from sne.recherche.selectors.sans_suite import (
    SANS_SUITE_AU_PLUS,
    SansSuite,
    list_sans_suite,
    list_synonymes,
)
from sne.recherche.selectors.suggerer import Suggestion, suggerer

__all__ = [
    "SANS_SUITE_AU_PLUS",
    "Mot",
    "Resultat",
    "Resultats",
    "SansSuite",
    "Suggestion",
    "chercher",
    "list_sans_suite",
    "list_synonymes",
    "suggerer",
]
