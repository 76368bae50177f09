"""The nightly sweep that looks for close demandes."""

from collections.abc import Callable, Sequence
from datetime import datetime

from procrastinate.contrib.django import app

from sne.cellules.routage import d_ici
from sne.referentiels.selectors import get_geographie
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

BALAYAGE = "registre.balayer_doublons"


@app.periodic(cron="41 0 * * *", periodic_id="nuit")
@app.task(name=BALAYAGE, queue="entretien", queueing_lock=BALAYAGE, lock=BALAYAGE)
def balayer_les_doublons(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: a sweep that was stopped goes on, a pair that waits or was decided opens nothing."""
    balayer_les_territoires(maintenant())


def balayer_les_territoires(
    survenu_le: datetime,
    *,
    territoires: Sequence[str] = (),
    avancer: Callable[[int], None] = lambda _: None,
) -> None:
    """Look for close demandes in every territory, or in those given, as of ``survenu_le`` (aware)."""
    for code in territoires or d_ici(get_geographie().territoires):
        balayer(code, acte=Acte(balayage_du_registre(code), survenu_le), avancer=avancer)
