"""What the messages react to: their own preparation, once it is sealed."""

from sne.journal.handlers import abonner
from sne.journal.rules import Verbe
from sne.notifications.tasks import ENVOYER

ABONNE = "notifications"


def brancher() -> None:
    """Subscribe to the journal; called once, when the application is ready."""
    abonner(ABONNE, verbes={Verbe.PREPARER_MESSAGE}, tache=ENVOYER)
