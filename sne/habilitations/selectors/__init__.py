"""Reads of accounts and roles: who acts, where they may act, what a person may see of the roles of others."""

from sne.habilitations.selectors.carences import (
    CarenceLue,
    compter_carences,
    list_carences,
    list_tenues,
)
from sne.habilitations.selectors.comptes import (
    HabilitationBreve,
    Poste,
    acteur_de,
    empreinte_courriel,
    get_appareil,
    get_compte_actif,
    get_compte_de_session,
    get_compte_par_courriel,
    get_limites_de_session,
    identifiant_de_verrou,
    list_comptes_de,
    list_habilitations,
    list_mes_habilitations,
    list_noms,
    list_porteurs,
    list_postes,
    sont_la_meme_personne,
)
from sne.habilitations.selectors.inactivite import Inactive, get_delais_inactivite, list_inactives
from sne.habilitations.selectors.periodes import en_vigueur
from sne.habilitations.selectors.veilleurs import (
    Veilleur,
    list_exploitants,
    list_gestionnaires,
    list_responsables,
)

__all__ = [
    "CarenceLue",
    "HabilitationBreve",
    "Inactive",
    "Poste",
    "Veilleur",
    "acteur_de",
    "compter_carences",
    "empreinte_courriel",
    "en_vigueur",
    "get_appareil",
    "get_compte_actif",
    "get_compte_de_session",
    "get_compte_par_courriel",
    "get_delais_inactivite",
    "get_limites_de_session",
    "identifiant_de_verrou",
    "list_carences",
    "list_comptes_de",
    "list_exploitants",
    "list_gestionnaires",
    "list_habilitations",
    "list_inactives",
    "list_mes_habilitations",
    "list_noms",
    "list_porteurs",
    "list_postes",
    "list_responsables",
    "list_tenues",
    "sont_la_meme_personne",
]
