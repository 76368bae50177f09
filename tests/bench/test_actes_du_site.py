"""Acts of the rows of the site: each does what its row says, on a real database."""

import pytest

from sne.bench import actes_de_memoire, actes_site
from sne.bench.equipe import Poste
from sne.bench.lignes.site import ACTES
from sne.recherche.models import EntreeIndex


@pytest.mark.django_db
@pytest.mark.parametrize("acte", [nom for nom, *_ in ACTES.values()])
def test_each_act_of_a_row_can_be_repeated(acte: str) -> None:
    client = getattr(actes_site, acte)(Poste(0, 5_000))
    client.preparer(1)
    for _ in range(2):
        assert client.agir() is None
    assert EntreeIndex.objects.exists() == (acte == "IndexerUneEntree")


@pytest.mark.django_db
@pytest.mark.parametrize("acte", [actes_de_memoire.SansLeSite, actes_de_memoire.AvecLeSite])
def test_workers_whose_memory_is_compared_show_their_pages(acte: type, settings) -> None:
    settings.ROOT_URLCONF = acte.adresses
    client = acte(Poste(0, 5_000))
    client.preparer(1)
    client.agir()
