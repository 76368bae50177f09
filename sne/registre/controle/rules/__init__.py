"""Control of identity changes: the rule, what surrounds a change, and the score that ranks what is read first. Pure.

Explained, with every threshold, in ``docs/controle.md``.
"""

from sne.registre.controle.rules.alternance import (
    MOTIFS_PERMISSION,
    ContactRetenu,
    MotifPermission,
    exiger_a_permettre,
    exiger_autre_main,
    exiger_contact_libre,
    exiger_tiers,
    libre_a_partir_du,
    lire_permission,
)
from sne.registre.controle.rules.contexte import construire, nir_nouveau_et_accorde
from sne.registre.controle.rules.decision import (
    RESERVEES_AU_GT,
    Clause,
    Contexte,
    Decision,
    Verdict,
    decider,
    decider_depart,
    memes_traits,
)
from sne.registre.controle.rules.distance import Distance, mesurer
from sne.registre.controle.rules.operations import (
    CONTACTS,
    PROTEGES,
    Champ,
    Operation,
    TypeOperation,
    champs_de,
    champs_des_pieces,
)
from sne.registre.controle.rules.score import Alerte, Chiffres, alerte, chiffrer, est_risque
from sne.registre.controle.rules.seuils import Seuils
from sne.registre.controle.rules.termes import Score, Terme, calculer
from sne.registre.controle.rules.traits import Traits

__all__ = [
    "CONTACTS",
    "MOTIFS_PERMISSION",
    "PROTEGES",
    "RESERVEES_AU_GT",
    "Alerte",
    "Champ",
    "Chiffres",
    "Clause",
    "ContactRetenu",
    "Contexte",
    "Decision",
    "Distance",
    "MotifPermission",
    "Operation",
    "Score",
    "Seuils",
    "Terme",
    "Traits",
    "TypeOperation",
    "Verdict",
    "alerte",
    "calculer",
    "champs_de",
    "champs_des_pieces",
    "chiffrer",
    "construire",
    "decider",
    "decider_depart",
    "est_risque",
    "exiger_a_permettre",
    "exiger_autre_main",
    "exiger_contact_libre",
    "exiger_tiers",
    "libre_a_partir_du",
    "lire_permission",
    "memes_traits",
    "mesurer",
    "nir_nouveau_et_accorde",
]
