"""The acts of the measures by REST and by SOAP do what their rows say."""

import pytest

from sne.attestations.models import Attestation
from sne.bench import actes_rest, actes_soap
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
        seul = actes_rest.DeposerSonContenu(Poste(2, 7_000))
        seul.preparer(1)
        seul.agir()
        seul.agir()
        assert Demande.objects.exclude(canal="INTERFACE").count() == 2
        lecteur = actes_rest.ConsulterParRest(Poste(1, 6_000))
        lecteur.preparer(1)
        lecteur.agir()
        appels = [(a.statut, a.dossiers) for a in Appel.objects.order_by("survenu_le")]
        assert appels == [(201, 0), (201, 0), (200, 1)]
        with pytest.raises(MesureImpossible, match="INTROUVABLE"):
            lecteur.appeler("GET", "/api/v1/demandes/x")


def test_a_client_of_messages_registers_with_its_attestation_then_reads() -> None:
    with dans_la_transaction():
        for rang, acte in enumerate((actes_soap.DeposerParSoap, actes_soap.DeposerEtAttesterParSoap)):
            depots = acte(Poste(rang, 8_000 + rang * 1_000))
            depots.preparer(1)
            depots.agir()
            depots.agir()
            assert Attestation.objects.count() == 2 * rang
        assert Demande.objects.filter(canal="INTERFACE").count() == 4
        for pair in (actes_soap.DeposerSansNumero, actes_soap.DeposerEtAttester):
            seul = pair(Poste(4, 20_000))
            seul.preparer(1)
            seul.agir()
        assert Attestation.objects.count() == 3
        lecteur = actes_soap.ConsulterParSoap(Poste(5, 30_000))
        lecteur.preparer(1)
        lecteur.agir()
        with pytest.raises(MesureImpossible, match="CTRL_DEM_1102"):
            lecteur.envoyer(actes_soap.demande_logement("x"))
