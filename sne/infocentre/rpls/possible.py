"""Whether a vintage may be loaded, the lists of a landlord read: asked by the acts, and by who offers them."""

from datetime import date

from sne.habilitations.rules import sans_droit
from sne.infocentre.rpls import policies
from sne.infocentre.rpls.rules import exiger_millesime
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable, require

HORS = "Aucun bailleur de ce SIREN dans votre périmètre."


def exiger_charger(acteur: Acteur, *, millesime: int, le: date) -> None:
    """Whether they load this vintage that day. Raises ``NonHabilite``, ``Interdit`` (no such vintage)."""
    require(policies.can_charger(acteur), sans_droit(policies.CHARGER))
    exiger_millesime(millesime, le=le)


def exiger_lire_listes(acteur: Acteur, *, siren: str, territoire: str) -> None:
    """Whether they read what this landlord has to mend there. Raises ``Introuvable``."""
    if not policies.can_lire_listes(acteur, siren=siren, territoire=territoire):
        raise Introuvable(HORS)
