"""Work lists: one function for each says where its lines are; reading, counting and walking are the same for all."""

from sne.registre.selectors.listes.lecture import (
    Demandee,
    LigneDeListe,
    compter_liste,
    list_dossiers,
    parcourir_liste,
)

__all__ = ["Demandee", "LigneDeListe", "compter_liste", "list_dossiers", "parcourir_liste"]
