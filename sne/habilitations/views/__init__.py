"""Pages of sign-in and of one's own account."""

from sne.habilitations.views.compte import changer_guichet, changer_mot_de_passe, fermer_session, mon_compte
from sne.habilitations.views.connexion import connexion, connexion_application, connexion_code, deconnexion
from sne.habilitations.views.envois import envois_gardes, prolonger
from sne.habilitations.views.refus import (
    page_introuvable,
    page_perimee,
    requete_illisible,
    verrouille,
)

__all__ = [
    "changer_guichet",
    "changer_mot_de_passe",
    "connexion",
    "connexion_application",
    "connexion_code",
    "deconnexion",
    "envois_gardes",
    "fermer_session",
    "mon_compte",
    "page_introuvable",
    "page_perimee",
    "prolonger",
    "requete_illisible",
    "verrouille",
]
