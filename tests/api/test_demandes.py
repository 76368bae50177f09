"""A household registered by a vendor's software, read, and never written twice."""

import pytest

from sne.registre.demande.models.demande import Demande
from tests.api.conftest import Editeur, demande

pytestmark = pytest.mark.django_db


def test_enregistrer_puis_lire(editeur: Editeur) -> None:
    recue = editeur("POST", "/demandes", demande(), X_Request_ID="0192f3f0-0000-7000-8000-000000000001")
    assert recue.status_code == 201, recue.content.decode()
    nud = recue.json()["data"]["nud"]
    (dit,) = recue.json()["meta"]["avertissements"]
    assert (dit["code"], dit["pointeur"]) == ("TYPE_ET_FOYER", "/contenu/souhaits/types_logement")
    assert recue["Location"] == f"/api/v1/demandes/{nud}"
    assert recue["X-Request-ID"] == "0192f3f0-0000-7000-8000-000000000001"
    lue = editeur("GET", f"/demandes/{nud}")
    assert lue.status_code == 200, lue.content.decode()
    assert lue["ETag"] == '"r1"'
    assert lue.json()["data"]["contenu"] == demande()["contenu"] | {
        "demandeur": lue.json()["data"]["contenu"]["demandeur"]
    }
    assert Demande.objects.get(nud=nud).canal == "INTERFACE"


def test_changer_un_contact_et_un_nom(editeur: Editeur) -> None:
    nud = editeur("POST", "/demandes", demande()).json()["data"]["nud"]
    correctif = {"demandeur": {"contact": {"telephone_portable": "06 39 98 00 01"}}}
    faite = editeur("PATCH", f"/demandes/{nud}/contenu", correctif, If_Match='"r1"')
    assert faite.status_code == 200, faite.content.decode()
    assert faite.json()["data"]["champs"] == ["demandeur.contact.telephone_portable"]
    assert faite["ETag"] == '"r2"'
    autre = {"demandeur": {"contact": {"telephone_portable": "06 39 98 00 02"}}}
    conflit = editeur("PATCH", f"/demandes/{nud}/contenu", autre, If_Match='"r1"')
    assert conflit.status_code == 409, conflit.content.decode()
    (erreur,) = conflit.json()["errors"]
    assert erreur["source"] == {"pointer": "/demandeur/contact/telephone_portable"}
    assert erreur["meta"]["dossier"] == "06 39 98 00 01"
    assert erreur["meta"]["saisie"] == "06 39 98 00 02"
    entier = editeur("GET", f"/demandes/{nud}").json()["data"]["contenu"]
    rien = editeur("PUT", f"/demandes/{nud}/contenu", {"contenu": entier}, If_Match='"r2"')
    assert (rien.status_code, rien.json()["data"]["revision"], rien.json()["data"]["champs"]) == (200, 2, [])
    nom = {"demandeur": {"identite": {"nom_naissance": "Zimmer"}}}
    attend = editeur("PATCH", f"/demandes/{nud}/contenu", nom, If_Match='"r2"')
    assert attend.status_code in (200, 202), attend.content.decode()
