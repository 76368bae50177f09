"""The writes of imports: received, checked, done by batches, started again, stopped, forgotten."""

from sne.imports.actions.avancer import Contexte, LigneRefusee, Resultat, avancer
from sne.imports.actions.deposer import Fichier, deposer_import
from sne.imports.actions.finir import annuler_import, purger_imports, reprendre_import

__all__ = [
    "Contexte",
    "Fichier",
    "LigneRefusee",
    "Resultat",
    "annuler_import",
    "avancer",
    "deposer_import",
    "purger_imports",
    "reprendre_import",
]
