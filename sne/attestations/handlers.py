"""What the attestations react to: a registration and a renewal are each followed by one (CCH R441-2-4, R441-2-7)."""

from sne.attestations.tasks import EMETTRE
from sne.journal.handlers import abonner
from sne.journal.rules import Verbe

ABONNE = "attestations"


def brancher() -> None:
    """Subscribe to the journal; called once, when the application is ready."""
    abonner(ABONNE, verbes={Verbe.DEPOSER, Verbe.RENOUVELER}, tache=EMETTRE)
