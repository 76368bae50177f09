"""What the follow-up of counters offers to messages: the file of a recap."""

from sne.notifications.envois.pieces import fournir
from sne.suivi.actions.envoyer import PIECE
from sne.suivi.tasks import fournir_recapitulatif


def brancher() -> None:
    """Offer its files to the messages; called once, when the application is ready."""
    fournir(PIECE, fournir_recapitulatif)
