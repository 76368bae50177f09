"""The writes of the module: accounts, roles, sign-in. Each checks, changes and tells the journal at once."""

from sne.habilitations.actions.comptes import (
    NouveauCompte,
    changer_mot_de_passe,
    creer_compte,
    reinitialiser_acces,
)
from sne.habilitations.actions.connexion import (
    Verdict,
    inscrire_deconnexion,
    inscrire_refus,
    preparer_second_facteur,
    purger_sessions,
    verifier_second_facteur,
)
from sne.habilitations.actions.liens import lier_comptes
from sne.habilitations.actions.roles import Octroi, accorder_habilitation, retirer_habilitation

__all__ = [
    "NouveauCompte",
    "Octroi",
    "Verdict",
    "accorder_habilitation",
    "changer_mot_de_passe",
    "creer_compte",
    "inscrire_deconnexion",
    "inscrire_refus",
    "lier_comptes",
    "preparer_second_facteur",
    "purger_sessions",
    "reinitialiser_acces",
    "retirer_habilitation",
    "verifier_second_facteur",
]
