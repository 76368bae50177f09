"""What a session may do of a demande that it follows; whether an access online may be closed, by whom, now."""

from sne.demandeurs.rules.niveaux import PHRASES, Contact, Geste, Presence, Preuve, Voie, niveau_de, refus
from sne.registre.rattachement import policies
from sne.socle.acteur import Acteur
from sne.socle.erreurs import NonHabilite, require

REFUS = "Vous ne pouvez pas fermer cet accès. Un guichet qui modifie la demande le ferme, si la personne le demande."


def exiger_geste(geste: Geste, presence: Presence) -> None:
    """What the table of levels allows. Raises ``NonHabilite`` with the sentence of its reason."""
    motif = refus(geste, presence)
    if motif is not None:
        raise NonHabilite(PHRASES[motif])


def exiger_deposant(voie: Voie) -> None:
    """Who may file, by how they signed in: before any demande, a session is worth the best that its way gives.

    Raises ``NonHabilite``.
    """
    niveau = niveau_de(voie, fort=True, protegee=False, contact=Contact(ancien=True, partage=False))
    assert niveau is not None
    exiger_geste(Geste.DEPOSER, Presence(niveau, frozenset({Preuve.SESSION})))


def exiger_acces_fermable(demande: policies.Situee, acteur: Acteur) -> None:
    """The person themselves, or a counter that may change the file. Raises ``NonHabilite``."""
    require(policies.can_detacher(acteur, demande), REFUS)
