"""What a household wrote is taken in; what the desk does by night: reminders, ends, what was kept long enough."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sne.assistance.actions.courriels import oublier_les_courriels
from sne.assistance.actions.fil import service_de_l_assistance
from sne.assistance.actions.menages import prendre_le_mot, reprendre_les_mots
from sne.assistance.actions.nuit import clore_les_resolus, effacer_les_pieces, oublier_les_anciens, relancer
from sne.assistance.actions.un_a_un import un_a_un
from sne.journal.selectors import list_entrees_de
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

NUIT, PRENDRE = "assistance.nuit", "assistance.prendre"
ETAPES = {
    faire.__name__: faire
    for faire in (
        reprendre_les_mots,
        relancer,
        clore_les_resolus,
        effacer_les_pieces,
        oublier_les_courriels,
        oublier_les_anciens,
    )
}
"""Of the night, in order, by their names in the technical log."""
ESSAIS = RetryStrategy(max_attempts=6, exponential_wait=3)  # the database may be restarting


@app.task(name=PRENDRE, queue="messages", retry=ESSAIS)
def prendre(*, entree_id: str, **_: object) -> None:
    """Make a ticket of what a household wrote. Idempotent."""
    (entree,) = list_entrees_de([uuid.UUID(entree_id)])
    prendre_le_mot(uuid.UUID(str(entree.faits["mot"])), acte=Acte(service_de_l_assistance(), maintenant()))


@app.periodic(cron="37 4 * * *", periodic_id="nuit")
@app.task(name=NUIT, queue="entretien", queueing_lock=NUIT, lock=NUIT)
def nuit(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent. Raises ``NuitInachevee``, once all the rest is done."""
    acte = Acte(service_de_l_assistance(), maintenant())
    un_a_un(ETAPES, lambda nom: ETAPES[nom](acte=acte))
