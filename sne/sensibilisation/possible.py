"""Whether the reminder, or a remark, is for this actor: asked by the acts, and by whoever shows the way to them."""

from sne.sensibilisation.policies import can_remarquer, est_concerne
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


def exiger_concerne(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(
        est_concerne(acteur),
        "Ce rappel s’adresse à qui change un état civil ou en décide. Vous n’avez rien à faire.",
    )


def exiger_remarquant(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(can_remarquer(acteur), "Une remarque vient de qui ouvre des demandes.")
