"""Reads of the search: results with their facets, suggestions, queries that led nowhere."""

from sne.recherche.selectors.chercher import chercher
from sne.recherche.selectors.sans_suite import SANS_SUITE_AU_PLUS, list_sans_suite, list_synonymes
from sne.recherche.selectors.suggerer import suggerer

__all__ = [
    "SANS_SUITE_AU_PLUS",
    "chercher",
    "list_sans_suite",
    "list_synonymes",
    "suggerer",
]
