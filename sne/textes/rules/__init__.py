"""What is decided of a text, whoever keeps it. Pure."""

from sne.textes.rules.blocs import Bloc, lire_blocs
from sne.textes.rules.differences import Passage, Sens, comparer, sans_signes
from sne.textes.rules.mise_en_page import Ligne, en_markdown
from sne.textes.rules.numeros import MASQUE, Genre, Morceau, lier_nuds, lire_numeros, masquer_nir, oter_qui
from sne.textes.rules.rendu import VERSION, Rendu, Titre, avec_documents, lire_documents, lire_plan, rendre

__all__ = [
    "MASQUE",
    "VERSION",
    "Bloc",
    "Genre",
    "Ligne",
    "Morceau",
    "Passage",
    "Rendu",
    "Sens",
    "Titre",
    "avec_documents",
    "comparer",
    "en_markdown",
    "lier_nuds",
    "lire_blocs",
    "lire_documents",
    "lire_numeros",
    "lire_plan",
    "masquer_nir",
    "oter_qui",
    "rendre",
    "sans_signes",
]
