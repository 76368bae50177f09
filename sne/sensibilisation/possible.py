"""Whether the reminder, or a remark, is for this actor: asked by the acts, and by whoever shows the way to them."""

from datetime import date

from sne.habilitations.rules import Permission, sans_droit
from sne.sensibilisation.models import CampagneAccueil
from sne.sensibilisation.policies import can_accuser, can_lancer_campagne, can_remarquer, est_concerne
from sne.sensibilisation.rules.campagnes import Genre
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require


def exiger_concerne(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(
        est_concerne(acteur),
        "Ce rappel s’adresse à qui change un état civil ou en décide. Vous n’avez rien à faire.",
    )


def exiger_remarquant(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(can_remarquer(acteur), "Une remarque vient de qui ouvre des demandes.")


def exiger_lancer_campagne(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(can_lancer_campagne(acteur), sans_droit(Permission.CONTENU_PUBLIER))


def exiger_accuser(acteur: Acteur, campagne: CampagneAccueil, genre: Genre, *, jour: date) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (it is over)."""
    require(can_accuser(acteur, genre), "Ce geste n’est pas de votre rôle, ou se fait depuis un guichet.")
    if jour > campagne.au:
        raise Interdit("Cette campagne est finie.")
