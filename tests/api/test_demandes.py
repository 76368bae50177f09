"""A household registered by a vendor's software, read, and never written twice."""

import pytest

from sne.registre.demande.models.demande import Demande
from tests.api.conftest import Editeur, demande

pytestmark = pytest.mark.django_db


def test_enregistrer_puis_lire(editeur: Editeur) -> None:
    recue = editeur("POST", "/demandes", demande(), X_Request_ID="0192f3f0-0000-7000-8000-000000000001")
    assert recue.status_code == 201, recue.content.decode()
    nud = recue.json()["data"]["nud"]
    assert recue["Location"] == f"/api/v1/demandes/{nud}"
    assert recue["X-Request-ID"] == "0192f3f0-0000-7000-8000-000000000001"
    lue = editeur("GET", f"/demandes/{nud}")
    assert lue.status_code == 200, lue.content.decode()
    assert lue["ETag"] == '"r1"'
    assert lue.json()["data"]["contenu"] == demande()["contenu"] | {
        "demandeur": lue.json()["data"]["contenu"]["demandeur"]
    }
    assert Demande.objects.get(nud=nud).canal == "INTERFACE"
