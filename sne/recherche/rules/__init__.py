"""What is read of a query before it is looked for, and what may be kept of it. Pure."""

from sne.recherche.rules.requete import MOTS_MAX, PAR_PAGE, SIGNES_MAX, Requete, lire_requete, retenir

__all__ = ["MOTS_MAX", "PAR_PAGE", "SIGNES_MAX", "Requete", "lire_requete", "retenir"]
