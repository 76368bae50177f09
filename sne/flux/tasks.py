"""What the feed does by itself: statements of the night or asked for; subscribers called, and called again."""

import logging
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer

from sne.flux.actions.livraisons import preparer_livraisons, purger_livraisons
from sne.flux.actions.relever import relever, relever_tout, service_du_flux
from sne.flux.models import Livraison
from sne.flux.rappels import livrer
from sne.flux.selectors.abonnements import list_a_livrer
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant

NUIT, RELEVER, APPELER, LIVRER = "flux.nuit", "flux.relever", "flux.appeler", "flux.livrer"
PRIORITE = -100  # of what a software asks for: after everything else that the service has to do, as imports
lignes = logging.getLogger("sne.flux")


@app.periodic(cron="9 0 * * *", periodic_id="nuit")
@app.task(name=NUIT, queue="entretien", queueing_lock=NUIT)
def passer_la_nuit(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what has not moved is not signed again. Without a key nothing is signed: ``sne sante`` says so."""
    purger_livraisons(maintenant())
    return relever_tout(acte=_acte()) if settings.CLES_JOURNAL else 0


@app.task(name=RELEVER, queue="entretien", lock=RELEVER)
def relever_une_serie(territoire: str, serie: str) -> None:
    """Sign one series, for a reader who asked."""
    if not settings.CLES_JOURNAL:
        return
    try:
        relever(territoire, serie, acte=_acte())
    except Interdit:
        lignes.exception("the feed is not signed")


@app.periodic(cron="* * * * *", periodic_id="minute")
@app.task(name=APPELER, queue="entretien", queueing_lock=APPELER, lock=APPELER)
def appeler_les_abonnes(timestamp: int = 0) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Hand new lines over, and queue every delivery that is due, once; returns how many."""
    preparer_livraisons(acte=_acte())
    return sum(programmer(livraison) for livraison in list_a_livrer(le=maintenant()))


@app.task(name=LIVRER, queue="entretien")
def livrer_une_ligne(livraison: str) -> None:
    """One try; the next one, if there is one, is queued for its hour."""
    notee = livrer(uuid.UUID(livraison), acte=_acte())
    if notee is not None and notee.prochain_le is not None:
        programmer(notee, quand=notee.prochain_le)


def programmer(livraison: Livraison, *, quand: datetime | None = None) -> bool:
    """Queue a try. One at a time for a subscriber, and after everything else: a worker does one job at once, and one
    that answers slowly holds it for ten seconds, whatever waits.
    """
    tache: dict[str, Any] = {
        "lock": f"flux:{livraison.abonnement_id}",
        "queueing_lock": f"flux:{livraison.id}",
        "priority": PRIORITE,
    }
    if quand:
        tache["schedule_at"] = quand
    return _mettre_en_file(
        livrer_une_ligne.configure(**tache),
        livraison=str(livraison.id),
    )


def demander_un_releve(territoire: str, serie: str) -> bool:
    """Queue the signature of a series, which reads a territory whole; false when one waits already."""
    tache = relever_une_serie.configure(queueing_lock=f"{RELEVER}:{territoire}:{serie}", priority=PRIORITE)
    return _mettre_en_file(tache, territoire=territoire, serie=serie)


def demander_des_appels() -> bool:
    """Queue the handing over of new lines; false when it waits already."""
    return _mettre_en_file(appeler_les_abonnes.configure())


def _mettre_en_file(tache: JobDeferrer, **arguments: str) -> bool:
    try:
        with transaction.atomic():  # the refusal of a second one undoes nothing else
            tache.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def _acte() -> Acte:
    return Acte(service_du_flux(), maintenant())
