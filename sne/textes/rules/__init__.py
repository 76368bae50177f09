"""What is decided of a text, whoever keeps it. Pure."""

from sne.textes.rules.differences import Passage, Sens, comparer
from sne.textes.rules.numeros import Genre, Morceau, lier_nuds, lire_numeros, masquer_nir
from sne.textes.rules.rendu import VERSION, Rendu, Titre, avec_documents, rendre

__all__ = [
    "VERSION",
    "Genre",
    "Morceau",
    "Passage",
    "Rendu",
    "Sens",
    "Titre",
    "avec_documents",
    "comparer",
    "lier_nuds",
    "lire_numeros",
    "masquer_nir",
    "rendre",
]
