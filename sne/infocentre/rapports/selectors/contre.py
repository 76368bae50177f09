"""What a table is compared with, from the code that addresses and editions keep of it."""

from collections.abc import Callable
from datetime import date

from dateutil.relativedelta import relativedelta

from sne.infocentre.rapports.rules.lieux import Lieu, Portee, lire_lieu
from sne.infocentre.rapports.rules.periodes import Periode, fin_du_mois, lire_mois
from sne.infocentre.rapports.selectors.lieux import nom_du_lieu
from sne.infocentre.rapports.selectors.tableau import Contre
from sne.socle.templatetags.socle_tags import mois_a_mois

UN_AN, AVANT = "annee", "avant"
"""The same months of the year before; as many months, just before."""


def get_contre(
    code: str, portee: Portee, periode: Periode, *, lire: Callable[[Lieu], Portee | None]
) -> Contre | None:
    """« annee », « avant », the first month of another period (« 2025-01 »), a place (« region-11 »).

    ``lire``: what may be read of a place. ``None`` for nothing to compare with, or a place that is out of reach.
    """
    if autre := _periode(code, periode):
        return Contre(code, portee, autre, mois_a_mois(autre.du, autre.au))
    lieu = lire_lieu(code)
    la_bas = lire(lieu) if lieu else None
    return Contre(code, la_bas, periode, nom_du_lieu(la_bas.lieu)) if la_bas else None


def _periode(code: str, periode: Periode) -> Periode | None:
    if code == UN_AN:
        return periode.precedente
    if code == AVANT:
        return _depuis(periode.du - relativedelta(months=periode.mois), periode)
    mois = lire_mois(code)
    return _depuis(mois, periode) if mois else None


def _depuis(debut: date, periode: Periode) -> Periode:
    return Periode(debut, fin_du_mois(debut + relativedelta(months=periode.mois - 1)))
