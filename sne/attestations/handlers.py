"""What the attestations react to: a registration and a renewal are each followed by one (CCH R441-2-4, R441-2-7).

So is a decision that moves a seniority back, and a demande put back as it was: the household holds no paper that says
another date, or other persons.

A message that left with one is a hand-over; one refused, that no letter makes up for, is the counter's to hand over.
"""

from sne.attestations.actions import PIECE
from sne.attestations.tasks import CONSIGNER, EMETTRE, fournir_attestation
from sne.journal.handlers import abonner
from sne.journal.rules import Verbe
from sne.notifications.envois.pieces import fournir

ABONNE = "attestations"
ABONNE_AUX_ENVOIS = "attestations.envois"


def brancher() -> None:
    """Subscribe to the journal, and offer its files to the messages; called once, when the application is ready."""
    abonner(
        ABONNE,
        verbes={
            Verbe.DEPOSER,
            Verbe.RENOUVELER,
            Verbe.REACTIVER,
            Verbe.DECIDER_SEPARATION,
            Verbe.DECIDER_ANTERIORITE,
            Verbe.RESTAURER,
        },
        tache=EMETTRE,
    )
    abonner(ABONNE_AUX_ENVOIS, verbes={Verbe.ENVOYER_MESSAGE, Verbe.REJETER_MESSAGE}, tache=CONSIGNER)
    fournir(PIECE, fournir_attestation)
