"""The funnel that the night keeps is the one that the page would draw, and no page draws it in the morning."""

from unittest import mock

import pytest

from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from sne.suivi.actions.activite import service_du_suivi
from sne.suivi.actions.entonnoir import calculer_entonnoirs
from sne.suivi.models import EntonnoirCalcule
from sne.suivi.rules.entonnoir import Entonnoir, ReglesEntonnoir
from sne.suivi.selectors.entonnoir import get_entonnoir
from sne.suivi.selectors.guichets import list_comptages, premier_jour
from tests.registre import factories as f
from tests.suivi.activites import noter, territoire_ordinaire

pytestmark = pytest.mark.django_db
CALIBRER = "sne.suivi.selectors.entonnoir.calibrer"


def lire(territoire: str = "099") -> Entonnoir:
    regles = ReglesEntonnoir.depuis(get_parametres(f.AUJOURD_HUI))
    comptages = list_comptages(depuis=premier_jour(f.AUJOURD_HUI, regles), a=f.AUJOURD_HUI)
    return get_entonnoir(comptages, regles, territoire=territoire)


def test_what_the_night_drew_is_read_until_a_count_moves() -> None:
    territoire_ordinaire()
    noter("G0993", 300, 20)
    sans_nuit = lire()
    acte = Acte(service_du_suivi(), f.MAINTENANT)
    assert calculer_entonnoirs(acte=acte) == calculer_entonnoirs(acte=acte) == 1
    with mock.patch(CALIBRER) as calibrer:
        assert lire() == sans_nuit
    assert not calibrer.called
    noter("G1040", 300, 3)
    assert len(lire().points) == len(sans_nuit.points) + 1
    calculer_entonnoirs(acte=acte)
    assert EntonnoirCalcule.objects.count() == 1
    with mock.patch(CALIBRER):
        assert "G1040" in {point.guichet for point in lire().points}


def test_a_territory_where_nothing_was_done_has_none_and_nobody_else_draws() -> None:
    assert lire("02A").points == ()
    with pytest.raises(NonHabilite):
        calculer_entonnoirs(acte=Acte(f.creer_acteur(), f.MAINTENANT))
