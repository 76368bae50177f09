"""Whether the reminder is for this actor: asked by the acts themselves, and by whoever shows the way to it."""

from sne.sensibilisation.policies import est_concerne
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


def exiger_concerne(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(
        est_concerne(acteur),
        "Ce rappel s’adresse à qui change un état civil ou en décide. Vous n’avez rien à faire.",
    )
