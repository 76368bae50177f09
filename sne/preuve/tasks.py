"""What proves the journal by itself: a checkpoint when one is due, its time stamp, the message to witnesses."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from sne.journal.actions.jalonner import Cadence, jalonner
from sne.journal.models import Horodatage
from sne.journal.selectors.preuves import get_dernier_jalon
from sne.preuve.actions.attester import ecrire_aux_temoins, noter_horodatage, service_de_la_preuve
from sne.preuve.horodatage import horodater
from sne.preuve.parametres import ParametresPreuve
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour, maintenant

ATTESTER = "preuve.attester"
lignes = logging.getLogger("sne.preuve")


@app.periodic(cron="* * * * *", periodic_id="minute")
@app.task(name=ATTESTER, queue="entretien", queueing_lock=ATTESTER, lock=ATTESTER)
def attester(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: nothing is signed, stamped or sent twice."""
    attester_le_journal(maintenant())


def attester_le_journal(survenu_le: datetime) -> None:
    """Sign the journal when it is due, have the last checkpoint stamped, send it to witnesses.

    Without a key nothing is done: ``sne sante`` says so, every minute would say it too often.
    """
    if not settings.CLES_JOURNAL:
        return
    parametres, acteur = get_parametres(jour(survenu_le)), service_de_la_preuve()
    cadence = Cadence(
        parametres[ParametresPreuve].journal_jalon_scellements,
        timedelta(minutes=parametres[ParametresPreuve].journal_jalon_minutes),
    )
    try:
        jalonner(acte=Acte(acteur, survenu_le), cadence=cadence)
    except Interdit:
        lignes.exception("the journal is not signed")
        return
    horodater_le_dernier_jalon()
    ecrire_aux_temoins(acte=Acte(acteur, survenu_le))


def horodater_le_dernier_jalon() -> bool:
    """Have the newest checkpoint stamped, outside any transaction; an authority away is asked again for the next."""
    jalon = get_dernier_jalon()
    if jalon is None or not settings.HORODATAGE_URL or Horodatage.objects.filter(jalon=jalon).exists():
        return False
    try:
        reponse = horodater(jalon.note.encode(), url=settings.HORODATAGE_URL)
    except OSError as exc:
        lignes.warning("the time-stamping authority did not stamp a checkpoint: %s", type(exc).__name__)
        return False
    return noter_horodatage(
        jalon,
        autorite=settings.HORODATAGE_URL,
        reponse=reponse.octets,
        instant=reponse.instant,
        acteur=service_de_la_preuve(),
    )
