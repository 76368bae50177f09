"""Whether an access online may be closed, by whom, now."""

from sne.registre.rattachement import policies
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require

REFUS = "Vous ne pouvez pas fermer cet accès. Un guichet qui modifie la demande le ferme, si la personne le demande."


def exiger_acces_fermable(demande: policies.Situee, acteur: Acteur) -> None:
    """The person themselves, or a counter that may change the file. Raises ``NonHabilite``."""
    require(policies.can_detacher(acteur, demande), REFUS)
