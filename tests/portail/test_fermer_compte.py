"""Closing one's account: every session and way in go, links end and are told, the demande stays as it is."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from sne.demandeurs.models import AccesDemandeur, SessionDemandeur
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import deposer, fc  # noqa: F401 - a fixture
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
ADRESSE = "/mon-compte/fermer/"


def test_everything_of_the_account_goes_and_the_demande_stays(porte: Client, fc: Fournisseur) -> None:  # noqa: F811
    demande = deposer()
    ailleurs = Client()
    for client in (porte, ailleurs):
        se_connecter(client, fc, ELODIE)
    assert "Votre demande continue" in porte.get(ADRESSE).content.decode()
    assert porte.post(ADRESSE).status_code == 303
    assert not AccesDemandeur.objects.exists()
    assert not SessionDemandeur.objects.exists()
    assert ailleurs.get("/ma-demande/").status_code == 302
    lien = Rattachement.objects.get()
    assert (lien.motif, lien.fini_le) == ("PERSONNE", f.MAINTENANT)
    assert Entree.objects.filter(demande=demande.id, verbe="DETACHER").count() == 1
    assert Entree.objects.filter(verbe="FERMER_COMPTE").count() == 1
    assert Demande.objects.get().revision == demande.revision
    se_connecter(porte, fc, ELODIE)  # comes back
    assert demande.nud[-5:] in porte.get("/ma-demande/").content.decode()
    assert Rattachement.objects.filter(fini_le=None).count() == 1


def test_neither_by_a_code_nor_long_after_signing_in(porte: Client, fc: Fournisseur) -> None:  # noqa: F811
    demande = deposer()
    par_code = Client()
    entrer(par_code, demande)
    assert "FranceConnect" in par_code.get(ADRESSE).content.decode()
    assert par_code.post(ADRESSE).status_code == 403
    se_connecter(porte, fc, ELODIE)
    with time_machine.travel(f.MAINTENANT + timedelta(minutes=16), tick=False):
        assert "trop ancienne" in porte.get(ADRESSE).content.decode()
        assert porte.post(ADRESSE).status_code == 403
    assert AccesDemandeur.objects.exists()
