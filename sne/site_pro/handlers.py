"""What the site reacts to: a document that is published is drawn."""

from sne.journal.handlers import abonner
from sne.site_pro.tasks import DESSINER
from sne.site_pro.verbes import VerbeSite

ABONNE = "site_pro.documents"


def brancher() -> None:
    """Subscribe to the journal; called once, when the application is ready."""
    abonner(ABONNE, verbes={VerbeSite.DECIDER_PAGE}, tache=DESSINER)
