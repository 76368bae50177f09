"""What is decided about a service without asking it: what an answer is, when it is left alone, who does without it."""

from sne.connecteurs.rules.disjoncteur import (
    INCONNU,
    Etat,
    Reglage,
    apres_un_echec,
    apres_un_succes,
    suspendu,
)
from sne.connecteurs.rules.extinction import eteint
from sne.connecteurs.rules.reponses import (
    DIT,
    Canal,
    Motif,
    Pour,
    Reponse,
    Resultat,
    SansReponse,
    Service,
)
from sne.connecteurs.rules.reponses import NOMS as NOMS_DES_SERVICES

__all__ = [
    "DIT",
    "INCONNU",
    "NOMS_DES_SERVICES",
    "Canal",
    "Etat",
    "Motif",
    "Pour",
    "Reglage",
    "Reponse",
    "Resultat",
    "SansReponse",
    "Service",
    "apres_un_echec",
    "apres_un_succes",
    "eteint",
    "suspendu",
]
