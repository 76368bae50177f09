"""Reads of accounts and roles: who acts, where they may act, what a person may see of the roles of others."""

from sne.habilitations.selectors.carences import compter_carences, list_carences
from sne.habilitations.selectors.comptes import (
    Poste,
    acteur_de,
    empreinte_courriel,
    get_appareil,
    get_compte_actif,
    get_compte_de_proconnect,
    get_compte_de_session,
    get_compte_par_courriel,
    get_limites_de_session,
    identifiant_de_verrou,
    is_adresse_freinee,
    lire_compte,
    list_comptes_de,
    list_comptes_des,
    list_habilitations,
    list_mes_habilitations,
    list_noms,
    list_porteurs,
    list_postes,
    list_titulaires,
    requete_du_compte,
)
from sne.habilitations.selectors.equipes import list_membres
from sne.habilitations.selectors.periodes import en_vigueur
from sne.habilitations.selectors.veilleurs import list_gestionnaires

__all__ = [
    "Poste",
    "acteur_de",
    "compter_carences",
    "empreinte_courriel",
    "en_vigueur",
    "get_appareil",
    "get_compte_actif",
    "get_compte_de_proconnect",
    "get_compte_de_session",
    "get_compte_par_courriel",
    "get_limites_de_session",
    "identifiant_de_verrou",
    "is_adresse_freinee",
    "lire_compte",
    "list_carences",
    "list_comptes_de",
    "list_comptes_des",
    "list_gestionnaires",
    "list_habilitations",
    "list_membres",
    "list_mes_habilitations",
    "list_noms",
    "list_porteurs",
    "list_postes",
    "list_titulaires",
    "requete_du_compte",
]
