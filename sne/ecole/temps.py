"""The clock of a bac: moved forward only, its own daily clock run for each day that it crosses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sne.ecole.actions.bacs import noter_avance, noter_instant
from sne.ecole.models import Bac
from sne.ecole.parametres import ParametresEcole
from sne.ecole.rules.bacs import exiger_avance, jours_franchis
from sne.ecole.selectors.bacs import instant_du_bac
from sne.referentiels.selectors import get_parametres
from sne.registre.vie.actions.horloge import passer
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle import horloge
from sne.socle.horloge import debut_du_jour, jour


@contextmanager
def a_l_heure_du_bac(bac: Bac) -> Iterator[None]:
    """Within, the business clock tells the time of this bac."""
    jeton = horloge.AVANCE.set(bac.avance)
    try:
        yield
    finally:
        horloge.AVANCE.reset(jeton)


def avancer(bac: Bac, vers: datetime) -> None:
    """Move the clock to ``vers``, day by day: stopped anywhere, the next move goes on from there.

    Raises ``Interdit``: backward, or too far at once.
    """
    jours = get_parametres(jour(horloge.vrai()))[ParametresEcole].ecole_avance_jours
    exiger_avance(instant_du_bac(bac), vers, jours=jours)
    for le in jours_franchis(jour(instant_du_bac(bac)), jour(vers)):
        noter_instant(bac, max(instant_du_bac(bac), debut_du_jour(le)), vrai=horloge.vrai())
        with a_l_heure_du_bac(bac):
            for etape in EtapeHorloge:
                passer(etape, bac.territoire, survenu_le=horloge.maintenant())
    noter_instant(bac, max(instant_du_bac(bac), vers), vrai=horloge.vrai())
    with a_l_heure_du_bac(bac):  # documents and files that ended on the way, once
        passer_l_horloge(horloge.maintenant(), territoires=(bac.territoire,))
    noter_avance(bac, survenu_le=horloge.vrai())
