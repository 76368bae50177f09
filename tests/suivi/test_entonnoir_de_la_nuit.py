"""The funnel that the night keeps is the one that the page would draw, and no page draws it in the morning."""

from unittest import mock

import pytest

from sne.cellules.routage import ANNUAIRE
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from sne.suivi.actions import entonnoir as actions
from sne.suivi.actions.activite import service_du_suivi
from sne.suivi.actions.entonnoir import calculer_entonnoirs
from sne.suivi.models import EntonnoirCalcule
from sne.suivi.rules.entonnoir import Comptage, Entonnoir, ReglesEntonnoir
from sne.suivi.selectors import entonnoir
from sne.suivi.selectors.entonnoir import get_entonnoir, list_siens
from tests.registre import factories as f
from tests.suivi.activites import noter, territoire_ordinaire

pytestmark = pytest.mark.django_db
CALIBRER = "sne.suivi.selectors.entonnoir.calibrer"


def lire(territoire: str = "099") -> Entonnoir:
    regles = ReglesEntonnoir.depuis(get_parametres(f.AUJOURD_HUI))
    siens = list_siens(f.AUJOURD_HUI, regles, territoire=territoire)
    return get_entonnoir(siens, regles, territoire=territoire, le=f.AUJOURD_HUI)


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


def test_a_few_counters_alone_in_their_cell_are_held_to_the_nation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of the cells that answer are read by night, of this one alone by the page; each cell keeps its own."""
    noter("G0993", 300, 0)
    seul, ailleurs = lire(), {"069": [Comptage(f"G069{rang}", 300, 9) for rang in range(9)]}
    acte, autres = Acte(service_du_suivi(), f.MAINTENANT), {"nord": ailleurs, "absente": None}
    with monkeypatch.context() as croit:
        croit.setattr(entonnoir, "cellules", lambda: (ANNUAIRE, *autres))
        croit.setattr(entonnoir, "joindre", lambda ou, lue, **_: autres[ou] if ou in autres else lue())
        croit.setattr(actions, "d_ici", lambda codes: tuple(code for code in codes if code == "099"))
        assert calculer_entonnoirs(acte=acte) == 1
    assert list(EntonnoirCalcule.objects.values_list("territoire", flat=True)) == ["099"]
    assert (seul.taux, seul.local, lire().local) == (0, False, False)
    assert lire().taux == pytest.approx(81 / 3000, rel=0.1)


def test_a_territory_where_nothing_was_done_has_none_and_nobody_else_draws() -> None:
    assert lire("02A").points == ()
    with pytest.raises(NonHabilite):
        calculer_entonnoirs(acte=Acte(f.creer_acteur(), f.MAINTENANT))
