"""What a session may do of a demande that it follows; whether an access online may be closed, by whom, now."""

from sne.demandeurs.rules.niveaux import PHRASES, Geste, Motif, Presence, refus
from sne.registre.rattachement import policies
from sne.socle.acteur import Acteur
from sne.socle.erreurs import NonHabilite, require


class GesteRefuse(NonHabilite):
    """This session may not do that: its level, or the age of its proof. ``geste``: what it asked for."""

    def __init__(self, geste: Geste, motif: Motif) -> None:
        super().__init__(PHRASES[motif])
        self.geste = geste


REFUS = "Vous ne pouvez pas fermer cet accès. Un guichet qui modifie la demande le ferme, si la personne le demande."


def exiger_geste(geste: Geste, presence: Presence) -> None:
    """What the table of levels allows. Raises :class:`GesteRefuse` with the sentence of its reason."""
    motif = refus(geste, presence)
    if motif is not None:
        raise GesteRefuse(geste, motif)


def exiger_acces_fermable(demande: policies.Situee, acteur: Acteur) -> None:
    """The person themselves, or a counter that may change the file. Raises ``NonHabilite``."""
    require(policies.can_detacher(acteur, demande), REFUS)
