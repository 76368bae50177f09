"""The box where the files of one form of a household are received; nothing waits there before it is sent."""

import uuid
from datetime import date

from sne.documents.boite import Boite
from sne.documents.rules import Accueil
from sne.referentiels.selectors import get_parametres
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.selectors.documents import get_delais, get_limites


def boite_de(compte: uuid.UUID, *, territoire: str, objet: str, le: date) -> Boite:
    """For this account; ``objet``: what the files are for."""
    limites = get_limites(le)
    accueil = Accueil(
        territoire=territoire,
        proprietaire=f"menage:{compte}",
        objet=objet,
        octets=limites.octets,
        duree=get_delais(le).attente,
        au_plus=get_parametres(le)[ParametresPieces].televersements_au_plus,
    )
    return Boite(accueil, limites, adresse="", suite=str)
