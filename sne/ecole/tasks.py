"""At the École: by night every bac as new, those that nobody calls taken away; what a scenario promised for later."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from sne.ecole.actions.bacs import retirer_bac, vider_bac
from sne.ecole.fantomes import REPONDRE, repondre
from sne.ecole.models import Bac
from sne.ecole.parametres import ParametresEcole
from sne.ecole.rappels import RAPPELER, rappeler
from sne.ecole.temps import a_l_heure_du_bac
from sne.referentiels.selectors import get_parametres
from sne.socle.erreurs import Refus
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


@app.task(name=REPONDRE, queue="entretien")
def repondre_au_changement(bac: str, demande: str, valider: bool) -> None:
    """At the hour of the bac. Idempotent: what was answered, taken away or frozen meanwhile stays so."""
    le_bac = Bac.objects.filter(pk=bac).first()
    if le_bac is None:
        return
    with a_l_heure_du_bac(le_bac), suppress(Refus):
        repondre(le_bac, UUID(demande), valider=valider)


@app.task(name=RAPPELER, queue="entretien")
def rappeler_les_abonnes(bac: str, nom: str, nombre: int) -> None:
    """Subscribers of a bac called as a scenario asked; nobody, once it is taken away."""
    le_bac = Bac.objects.select_related("convention").filter(pk=bac).first()
    if le_bac is not None:
        rappeler(le_bac, nom, nombre)
