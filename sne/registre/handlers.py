"""What the register reacts to: a message refused by its address."""

from sne.journal.handlers import abonner
from sne.journal.rules import Verbe
from sne.registre.tasks import INVALIDER_COURRIEL

ABONNE = "registre"


def brancher() -> None:
    """Subscribe to the journal; called once, when the application is ready."""
    abonner(ABONNE, verbes={Verbe.REJETER_MESSAGE}, tache=INVALIDER_COURRIEL)
