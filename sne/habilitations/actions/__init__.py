"""The writes of the module: accounts, roles, sign-in. Each checks, changes and tells the journal at once."""

from sne.habilitations.actions.carences import constater_carences
from sne.habilitations.actions.comptes import (
    NouveauCompte,
    NouveauLogiciel,
    changer_mot_de_passe,
    creer_compte,
    reinitialiser_acces,
)
from sne.habilitations.actions.connexion import (
    Verdict,
    inscrire_deconnexion,
    inscrire_refus,
    noter_utilisation,
    preparer_second_facteur,
    purger_sessions,
    verifier_second_facteur,
)
from sne.habilitations.actions.departs import (
    DepartDit,
    confier_les_restes,
    constater_depart,
    executer_departs,
)
from sne.habilitations.actions.inactivite import passer_inactivite
from sne.habilitations.actions.invitations import Invite, inviter, redonner_acces
from sne.habilitations.actions.liens import lier_comptes
from sne.habilitations.actions.revues import (
    OuvertureRevue,
    annoncer_revue_non_ouverte,
    arreter_revues,
    clore_revues,
    echoir_suspensions,
    ouvrir_revue,
    ouvrir_revue_due,
    ouvrir_revue_nationale,
    programmer_revues,
    rappeler_revues,
    repondre_revue,
)
from sne.habilitations.actions.roles import Octroi, accorder_habilitation, retirer_habilitation
from sne.habilitations.actions.sessions import borner_sessions, fermer_session
from sne.habilitations.actions.usages import relever_usages

__all__ = [
    "DepartDit",
    "Invite",
    "NouveauCompte",
    "NouveauLogiciel",
    "Octroi",
    "OuvertureRevue",
    "Verdict",
    "accorder_habilitation",
    "annoncer_revue_non_ouverte",
    "arreter_revues",
    "borner_sessions",
    "changer_mot_de_passe",
    "clore_revues",
    "confier_les_restes",
    "constater_carences",
    "constater_depart",
    "creer_compte",
    "echoir_suspensions",
    "executer_departs",
    "fermer_session",
    "inscrire_deconnexion",
    "inscrire_refus",
    "inviter",
    "lier_comptes",
    "noter_utilisation",
    "ouvrir_revue",
    "ouvrir_revue_due",
    "ouvrir_revue_nationale",
    "passer_inactivite",
    "preparer_second_facteur",
    "programmer_revues",
    "purger_sessions",
    "rappeler_revues",
    "redonner_acces",
    "reinitialiser_acces",
    "relever_usages",
    "repondre_revue",
    "retirer_habilitation",
    "verifier_second_facteur",
]
