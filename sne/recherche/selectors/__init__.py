"""Reads of the search: results with their facets, suggestions, queries that led nowhere."""

from sne.recherche.selectors.chercher import Mot, Resultat, Resultats, chercher
from sne.recherche.selectors.sans_suite import SansSuite, list_sans_suite, list_synonymes
from sne.recherche.selectors.suggerer import Suggestion, suggerer

__all__ = [
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
