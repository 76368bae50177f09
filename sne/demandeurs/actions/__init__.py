"""Coming in, by a provider or by a code; what is counted so that nobody tries without end."""

from sne.demandeurs.actions.codes import armer_code, demander_code, essayer_code, purger_codes
from sne.demandeurs.actions.limites import compter, compter_parmi, purger_compteurs
from sne.demandeurs.actions.sessions import (
    Venue,
    accueillir,
    accueillir_par_code,
    acteur_de,
    ajouter_acces,
    fermer,
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
    "compter",
    "compter_parmi",
    "demander_code",
    "essayer_code",
    "fermer",
    "fermer_toutes",
    "prolonger",
    "purger",
    "purger_codes",
    "purger_compteurs",
]
