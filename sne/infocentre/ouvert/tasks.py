"""Editions of open data, computed by the worker: minutes for a région, an hour for the nation."""

from procrastinate.contrib.django import app

from sne.habilitations.rules.acteurs import service
from sne.infocentre.ouvert.actions import calculer_edition
from sne.infocentre.ouvert.selectors import list_editions
from sne.socle import horloge
from sne.socle.acte import Acte

CALCULER = "infocentre.ouvert.calculer"


@app.task(name=CALCULER, queue="entretien", lock=CALCULER)
def calculer(**_: object) -> None:
    """Every edition that was asked for and is not computed. Idempotent."""
    for edition in list_editions():
        if edition.fichier is None and not edition.issue:
            calculer_edition(
                edition.id, acte=Acte(service("Service des données ouvertes"), horloge.maintenant())
            )
