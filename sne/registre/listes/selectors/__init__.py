"""Work lists: one function for each says where its lines are; reading, counting and walking are the same for all."""

from sne.registre.listes.selectors.enregistrees import ListeGardee, list_enregistrees
from sne.registre.listes.selectors.lecture import (
    Demandee,
    LigneDeListe,
    compter_liste,
    list_dossiers,
    parcourir_liste,
)

__all__ = [
    "Demandee",
    "LigneDeListe",
    "ListeGardee",
    "compter_liste",
    "list_dossiers",
    "list_enregistrees",
    "parcourir_liste",
]
