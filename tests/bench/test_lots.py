"""A small lot is read and kept, and what it took is told."""

from datetime import timedelta

import pytest

from sne.bench import foyers, lots, preparation
from sne.registre.ressources.models import AppelRessources
from sne.socle.horloge import maintenant
from tests.registre.ressources.ressources import deposee

pytestmark = pytest.mark.django_db


def test_a_lot_is_composed_read_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foyers, "TERRITOIRE", "099")
    monkeypatch.setattr(
        lots,
        "_reprendre",
        lambda nombre: [deposee(le=maintenant() - timedelta(days=1)) for _ in range(nombre)],
    )
    lu = preparation.ETAPES["lire_un_lot"](3)
    assert isinstance(lu, dict)
    assert lu["lignes"] == 3
    assert lu["gardees"] == AppelRessources.objects.count() > 0
    assert lu["secondes"] > 0
