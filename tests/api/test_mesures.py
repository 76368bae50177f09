"""The acts of the measures by REST do what their rows say."""

import pytest

from sne.bench import actes_rest
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.conventions.models import Appel
from sne.registre.demande.models.demande import Demande
from tests.api.conftest import dans_la_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("servi")]


def test_a_client_registers_then_reads() -> None:
    with dans_la_transaction():
        depots = actes_rest.DeposerParRest(Poste(0, 5_000))
        depots.preparer(1)
        depots.agir()
        depots.agir()
        assert Demande.objects.filter(canal="INTERFACE").count() == 2
        seul = actes_rest.Consulter(Poste(2, 7_000))
        seul.preparer(1)
        seul.agir()
        lecteur = actes_rest.ConsulterParRest(Poste(1, 6_000))
        lecteur.preparer(1)
        lecteur.agir()
        assert [a.statut for a in Appel.objects.order_by("survenu_le")] == [201, 201, 200]
        with pytest.raises(MesureImpossible, match="INTROUVABLE"):
            lecteur.appeler("GET", "/api/v1/demandes/x")
