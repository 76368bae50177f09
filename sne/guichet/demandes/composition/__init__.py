"""From cleaned values to the content tree, and back to what would be typed; what is not shown stays.

One module per step of the form. A function ``avec_x`` gives a new tree; ``saisie_x`` is its inverse.
"""

from sne.guichet.demandes.composition.foyer import avec_foyer, saisie_foyer
from sne.guichet.demandes.composition.personne import (
    avec_coordonnees,
    avec_demandeur,
    saisie_coordonnees,
    saisie_personne,
)
from sne.guichet.demandes.composition.souhaits import avec_souhaits, saisie_souhaits
from sne.guichet.demandes.composition.textes import VIDE, Valeurs, vide

__all__ = [
    "VIDE",
    "Valeurs",
    "avec_coordonnees",
    "avec_demandeur",
    "avec_foyer",
    "avec_souhaits",
    "saisie_coordonnees",
    "saisie_foyer",
    "saisie_personne",
    "saisie_souhaits",
    "vide",
]
