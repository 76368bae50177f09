"""What the register does by itself, by night: its clock, and drafts that nobody came back to."""

from collections.abc import Callable, Sequence
from datetime import datetime

from procrastinate.contrib.django import app

from sne.referentiels.selectors import get_geographie
from sne.registre.actions.brouillons import purger_brouillons
from sne.registre.actions.horloge import passer
from sne.registre.rules.horloge import EtapeHorloge
from sne.socle.horloge import maintenant

PURGER_BROUILLONS = "registre.purger_brouillons"
HORLOGE = "registre.horloge"


@app.periodic(cron="37 3 * * *", periodic_id="nuit")
@app.task(name=PURGER_BROUILLONS, queue="entretien", queueing_lock=PURGER_BROUILLONS)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was purged stays purged."""
    return purger_brouillons(survenu_le=maintenant())


@app.periodic(cron="12 2 * * *", periodic_id="nuit")
@app.task(name=HORLOGE, queue="entretien", queueing_lock=HORLOGE, lock=HORLOGE)
def horloge(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: a pass that was stopped goes on, what is done is not done again."""
    passer_l_horloge(maintenant())


def passer_l_horloge(
    survenu_le: datetime,
    *,
    territoires: Sequence[str] = (),
    avancer: Callable[[int], None] = lambda _: None,
) -> None:
    """Every step in every territory, or in those given, on the day of ``survenu_le`` (aware)."""
    codes = territoires or tuple(get_geographie().territoires)
    for etape in EtapeHorloge:
        for code in codes:
            passer(etape, code, survenu_le=survenu_le, avancer=avancer)
