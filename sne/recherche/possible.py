"""Whether the search may be tuned by this actor: asked by the acts, and by whoever shows the way to them."""

from sne.habilitations.rules import Permission, sans_droit
from sne.recherche.policies import can_regler
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


def exiger_regleur(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(can_regler(acteur), sans_droit(Permission.RECHERCHE_REGLER))
