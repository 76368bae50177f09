"""What the register reacts to: its own notices, and a message refused by its address."""

from sne.journal.handlers import abonner
from sne.journal.rules import Verbe
from sne.registre.tasks import EXPEDIER_PREAVIS, INVALIDER_COURRIEL, SUIVRE_PREAVIS

ABONNE, ABONNE_AUX_PREAVIS, ABONNE_AUX_REFUS = "registre", "registre.preavis", "registre.preavis_refuses"


def brancher() -> None:
    """Subscribe to the journal; called once, when the application is ready."""
    abonner(ABONNE, verbes={Verbe.REJETER_MESSAGE}, tache=INVALIDER_COURRIEL)
    abonner(ABONNE_AUX_PREAVIS, verbes={Verbe.PREVENIR}, tache=EXPEDIER_PREAVIS)
    abonner(ABONNE_AUX_REFUS, verbes={Verbe.REJETER_MESSAGE}, tache=SUIVRE_PREAVIS)
