"""What open data reacts to: an edition that somebody asked for is computed by the worker."""

from sne.infocentre.ouvert.tasks import CALCULER
from sne.infocentre.ouvert.verbes import VerbeOuvert
from sne.journal.handlers import abonner


def brancher() -> None:
    """Subscribe to the journal; called once, when the application is ready."""
    abonner("infocentre.ouvert", verbes={VerbeOuvert.PREPARER_DONNEES_OUVERTES}, tache=CALCULER)
