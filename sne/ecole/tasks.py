"""By night at the École: every bac as new, those that nobody calls any more taken away."""

from datetime import timedelta

from procrastinate.contrib.django import app

from sne.ecole.actions.bacs import retirer_bac, vider_bac
from sne.ecole.models import Bac
from sne.ecole.parametres import ParametresEcole
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import jour, maintenant

REMETTRE = "ecole.remettre_les_bacs"


@app.periodic(cron="0 3 * * *", periodic_id="nuit")
@app.task(name=REMETTRE, queue="entretien", queueing_lock=REMETTRE)
def remettre_les_bacs(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: an empty bac is emptied again. Returns how many were taken away."""
    instant = maintenant()
    jours = get_parametres(jour(instant))[ParametresEcole].ecole_bac_oubli_jours
    retires = 0
    for bac in Bac.objects.select_related("convention").order_by("territoire"):
        oublie = bac.appele_le < instant - timedelta(days=jours)
        (retirer_bac if oublie else vider_bac)(bac, survenu_le=instant)
        retires += oublie
    return retires
