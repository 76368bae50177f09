"""Whether a vintage may be loaded: asked by the act, and by who offers it."""

from datetime import date

from sne.habilitations.rules import sans_droit
from sne.infocentre.rpls import policies
from sne.infocentre.rpls.rules import exiger_millesime
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


def exiger_charger(acteur: Acteur, *, millesime: int, le: date) -> None:
    """Whether they load this vintage that day. Raises ``NonHabilite``, ``Interdit`` (no such vintage)."""
    require(policies.can_charger(acteur), sans_droit(policies.CHARGER))
    exiger_millesime(millesime, le=le)
