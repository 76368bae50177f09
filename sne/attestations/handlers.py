"""What the attestations react to: a registration and a renewal are each followed by one (CCH R441-2-4, R441-2-7).

An act that changes the people on a demande, or its seniority, replaces the attestations in force that say otherwise, so
that the household holds no paper with another date or other persons.

What becomes of the message that carries one, and an address verified since, say whether the counter has still to hand
it over.
"""

from sne.attestations.rules import PIECE
from sne.attestations.tasks import EMETTRE, MODELES, REVOIR, SUIVRE, fournir_attestation
from sne.journal.handlers import abonner
from sne.notifications.envois.pieces import fournir
from sne.notifications.verbes import VerbeMessage
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.joindre.verbes import VerbeJoindre
from sne.registre.restauration.verbes import VerbeRestauration
from sne.registre.separation.verbes import VerbeSeparation

ABONNE, ABONNE_AUX_CHANGEMENTS = "attestations", "attestations.changements"
ABONNE_AUX_ENVOIS = "attestations.envois"
CHANGENT_QUI_OU_DEPUIS_QUAND = {
    VerbeDemande.MODIFIER,
    VerbeIdentite.VALIDER_IDENTITE,
    VerbeSeparation.SEPARER,
    VerbeSeparation.DECIDER_SEPARATION,
    VerbeDepot.DECIDER_ANTERIORITE,
    VerbeRestauration.RESTAURER,
}
FONT_SAVOIR = {
    VerbeMessage.ENVOYER_MESSAGE,
    VerbeMessage.DELIVRER_MESSAGE,
    VerbeMessage.REJETER_MESSAGE,
    VerbeJoindre.VERIFIER_COURRIEL,
}


def brancher() -> None:
    """Subscribe to the journal, and offer its files to the messages; called once, when the application is ready."""
    abonner(ABONNE, verbes=MODELES, tache=EMETTRE)
    abonner(ABONNE_AUX_CHANGEMENTS, verbes=CHANGENT_QUI_OU_DEPUIS_QUAND, tache=REVOIR)
    abonner(ABONNE_AUX_ENVOIS, verbes=FONT_SAVOIR, tache=SUIVRE)
    fournir(PIECE, fournir_attestation)
