"""« Quitter vite ce site »: on what says why somebody asks, who looked; on each page of a protected demande."""

import pytest
from django.test import Client

from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import deposer, texte
from tests.registre.avis import avis as a

pytestmark = pytest.mark.django_db
TOUJOURS = ("declaration/", "declaration/motifs/", "historique/", "renouveler/")
ORDINAIRES = ("declaration/souhaits/", "documents/", "messages/", "contacts/")


@pytest.mark.parametrize("protegee", [False, True])
def test_where_it_is_offered(porte: Client, fc: Fournisseur, protegee: bool) -> None:
    demande = deposer(motifs=a.VIOLENCES if protegee else {"codes": ["05"]})
    se_connecter(porte, fc, ELODIE)
    offerts = {
        page: texte(porte.get(f"/ma-demande/{demande.nud}/{page}")).count("Quitter vite ce site")
        for page in (*TOUJOURS, *ORDINAIRES)
    }
    assert offerts == dict.fromkeys(TOUJOURS, 1) | dict.fromkeys(ORDINAIRES, int(protegee))
    assert texte(porte.get("/ma-demande/")).count("Quitter vite ce site") == int(protegee)
