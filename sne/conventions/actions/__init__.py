"""The writes of agreements. Each checks, changes and tells the journal at once; a call alone is not journalled here."""

from sne.conventions.actions.appels import (
    AgentIllisible,
    Appelant,
    AppelFait,
    CadenceDepassee,
    Demande,
    GuichetHorsConvention,
    PorteeManquante,
    acteur_de,
    appeler,
    noter_appel,
    noter_emission,
    purger_appels,
    regler_cadence,
)
from sne.conventions.actions.certificats import (
    NouveauCertificat,
    decider_certificat,
    proposer_certificat,
    revoquer_certificat,
)
from sne.conventions.actions.cles import CleCreee, creer_cle, prevenir_fins_de_cle, revoquer_cle
from sne.conventions.actions.conventions import (
    NouvelleConvention,
    Pas,
    couvrir_guichet,
    noter_pas,
    ouvrir_convention,
    regler_convention,
    retablir_convention,
    suspendre_convention,
)
from sne.conventions.actions.ecole import demander_a_l_ecole, ouvrir_a_l_ecole
from sne.conventions.actions.portees import fermer_portee, ouvrir_portee
from sne.conventions.actions.reponses import garder_reponse, purger_reponses, tenir_cle
from sne.conventions.actions.usages import purger_usages, veiller

__all__ = [
    "AgentIllisible",
    "AppelFait",
    "Appelant",
    "CadenceDepassee",
    "CleCreee",
    "Demande",
    "GuichetHorsConvention",
    "NouveauCertificat",
    "NouvelleConvention",
    "Pas",
    "PorteeManquante",
    "acteur_de",
    "appeler",
    "couvrir_guichet",
    "creer_cle",
    "decider_certificat",
    "demander_a_l_ecole",
    "fermer_portee",
    "garder_reponse",
    "noter_appel",
    "noter_emission",
    "noter_pas",
    "ouvrir_a_l_ecole",
    "ouvrir_convention",
    "ouvrir_portee",
    "prevenir_fins_de_cle",
    "proposer_certificat",
    "purger_appels",
    "purger_reponses",
    "purger_usages",
    "regler_cadence",
    "regler_convention",
    "retablir_convention",
    "revoquer_certificat",
    "revoquer_cle",
    "suspendre_convention",
    "tenir_cle",
    "veiller",
]
