"""What follows a sending; what came to nothing is erased in time."""

import uuid

from procrastinate.contrib.django import app

from sne.journal.selectors import list_entrees_de
from sne.registre.demande.rules.services import horloge_du_registre, service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.depot_en_ligne.actions.effacer import oublier_les_departs, purger_depots
from sne.registre.depot_en_ligne.actions.rappeler import rappeler_depots
from sne.registre.depot_en_ligne.actions.recevoir import suivre_envoi, tenter_le_numero, tenter_les_numeros
from sne.socle.horloge import maintenant

SUIVRE_ENVOI, PURGER_DEPOTS = "registre.suivre_envoi", "registre.purger_depots"
TENTER_NUMERO, TENTER_NUMEROS = "registre.tenter_numero", "registre.tenter_numeros"
RAPPELER_DEPOTS = "registre.rappeler_depots"


@app.task(name=SUIVRE_ENVOI, queue="registre", retry=ESSAIS)
def suivre(*, entree_id: str, **_: object) -> None:
    """Give the receipt, tell who has to be, give the number where it may be. Idempotent."""
    (entree,) = list_entrees_de([uuid.UUID(entree_id)])
    suivre_envoi(uuid.UUID(str(entree.faits["depot"])), origine=entree.id, survenu_le=maintenant())


@app.task(name=TENTER_NUMERO, queue="registre", retry=ESSAIS)
def tenter(*, entree_id: str, **_: object) -> None:
    """The picture has come: give the number where nothing else is to be verified. Idempotent."""
    (entree,) = list_entrees_de([uuid.UUID(entree_id)])
    tenter_le_numero(uuid.UUID(str(entree.faits["depot"])), survenu_le=maintenant())


@app.periodic(cron="17 * * * *", periodic_id="heure")
@app.task(name=TENTER_NUMEROS, queue="registre", queueing_lock=TENTER_NUMEROS)
def tenter_ceux_qui_attendent(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Pictures that the antivirus let through since. Idempotent; nothing where no territory gives a number at once."""
    return tenter_les_numeros(survenu_le=maintenant())


@app.periodic(cron="23 9 * * *", periodic_id="matin")
@app.task(name=RAPPELER_DEPOTS, queue="entretien", queueing_lock=RAPPELER_DEPOTS)
def rappeler(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: told once for each day that the parameter gives."""
    return rappeler_depots(service_du_registre, survenu_le=maintenant())


@app.periodic(cron="47 3 * * *", periodic_id="nuit")
@app.task(name=PURGER_DEPOTS, queue="entretien", queueing_lock=PURGER_DEPOTS)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was erased stays erased."""
    le = maintenant()
    return purger_depots(horloge_du_registre, survenu_le=le) + oublier_les_departs(survenu_le=le)
