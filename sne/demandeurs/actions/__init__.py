"""Coming in, by a provider or by a code; what is counted so that nobody tries without end."""

from sne.demandeurs.actions.codes import (
    armer_code,
    demander_code,
    demander_codes_de_changement,
    demander_numero,
    essayer_code,
    essayer_ensemble,
    oublier_changement,
    purger_codes,
)
from sne.demandeurs.actions.limites import compter, compter_parmi, purger_compteurs
from sne.demandeurs.actions.sessions import (
    Venue,
    accueillir,
    accueillir_par_code,
    acteur_de,
    ajouter_acces,
    choisir_langue,
    fermer,
    fermer_compte,
    fermer_toutes,
    prolonger,
    purger,
)

__all__ = [
    "Venue",
    "accueillir",
    "accueillir_par_code",
    "acteur_de",
    "ajouter_acces",
    "armer_code",
    "choisir_langue",
    "compter",
    "compter_parmi",
    "demander_code",
    "demander_codes_de_changement",
    "demander_numero",
    "essayer_code",
    "essayer_ensemble",
    "fermer",
    "fermer_compte",
    "fermer_toutes",
    "oublier_changement",
    "prolonger",
    "purger",
    "purger_codes",
    "purger_compteurs",
]
