"""What is read of a query before it is looked for, and what may be kept of it. Pure."""

from sne.recherche.rules.requete import PAR_PAGE, Requete, lire_requete, retenir

__all__ = [
    "PAR_PAGE",
    "Requete",
    "lire_requete",
    "retenir",
]
