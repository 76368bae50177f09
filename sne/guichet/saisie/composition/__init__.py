"""From cleaned values to the content tree, and back to what would be typed; what is not shown stays.

One module per step of the form. A function ``avec_x`` gives a new tree; ``saisie_x`` is its inverse.
"""

from sne.guichet.saisie.composition.adultes import (
    CHARGES,
    adultes_prefixes,
    avec_ressources,
    avec_situations,
    saisie_ressources,
    saisie_situations,
)
from sne.guichet.saisie.composition.foyer import avec_foyer, saisie_foyer
from sne.guichet.saisie.composition.handicap import (
    avec_fiches,
    avec_personnes_concernees,
    fiches_prefixees,
    prefixe_du_membre,
    saisie_fiches,
    saisie_personnes_concernees,
)
from sne.guichet.saisie.composition.lieux import LieuLu
from sne.guichet.saisie.composition.logement import avec_logement, avec_motifs, saisie_logement, saisie_motifs
from sne.guichet.saisie.composition.personne import (
    LOGEMENT,
    avec_coordonnees,
    avec_demandeur,
    saisie_coordonnees,
    saisie_personne,
)
from sne.guichet.saisie.composition.preferences import (
    avec_association,
    avec_preferences,
    saisie_association,
    saisie_preferences,
)
from sne.guichet.saisie.composition.souhaits import avec_souhaits, saisie_souhaits
from sne.guichet.saisie.composition.textes import VIDE, VIDE_ASSOCIATION, Valeurs, vide

__all__ = [
    "CHARGES",
    "LOGEMENT",
    "VIDE",
    "VIDE_ASSOCIATION",
    "LieuLu",
    "Valeurs",
    "adultes_prefixes",
    "avec_association",
    "avec_coordonnees",
    "avec_demandeur",
    "avec_fiches",
    "avec_foyer",
    "avec_logement",
    "avec_motifs",
    "avec_personnes_concernees",
    "avec_preferences",
    "avec_ressources",
    "avec_situations",
    "avec_souhaits",
    "fiches_prefixees",
    "prefixe_du_membre",
    "saisie_association",
    "saisie_coordonnees",
    "saisie_fiches",
    "saisie_foyer",
    "saisie_logement",
    "saisie_motifs",
    "saisie_personne",
    "saisie_personnes_concernees",
    "saisie_preferences",
    "saisie_ressources",
    "saisie_situations",
    "saisie_souhaits",
    "vide",
]
