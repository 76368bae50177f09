"""The contract is valid, says how each operation is refused, and its page runs nothing that is not ours."""

import re

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from sne.api.contrat import decrire
from sne.api.erreurs import TITRES

pytestmark = pytest.mark.usefixtures("servi")


def test_le_contrat_est_valide_et_dit_ses_refus() -> None:
    document = decrire()
    assert [e.message for e in OpenAPIV31SpecValidator(document).iter_errors()] == []
    assert document["openapi"] == "3.1.0"
    for chemin, methodes in document["paths"].items():
        for methode, operation in methodes.items():
            assert {"400", "401", "403", "429", "500", "503"} <= operation["responses"].keys(), (
                chemin,
                methode,
            )
            assert operation["responses"]["503"]["headers"]["Retry-After"]["required"], (chemin, methode)
            assert all(operation[nom] for nom in ("summary", "description")), (chemin, methode)
            noms = {p["name"] for p in operation["parameters"]}
            assert ("{nud}" not in chemin) or {"SNE-Guichet", "SNE-Agent"} <= noms, (chemin, methode)
    assert all(titre[0].isupper() for titre in TITRES.values())


def test_le_contrat_parle_francais_et_ne_ferme_rien() -> None:
    schemas = decrire()["components"]["schemas"]
    assert schemas["Identite"]["properties"]["nom_naissance"]["title"] == "Nom de naissance"
    assert schemas["Identite"]["properties"]["civilite"]["x-nomenclature"] == "ListeCivilite"
    assert schemas["Telephone"]["type"] == "string"
    assert "empreinte" not in schemas["Nir"]["properties"]
    assert "additionalProperties" not in schemas["Contenu"]
    etats = schemas["RessourcesLues"]["properties"]["mois"]["items"]["discriminator"]["mapping"]
    assert len(etats) == 6
    assert [nom for nom in etats if "montant" in schemas[etats[nom].rpartition("/")[2]]["properties"]] == [
        "MONTANT"
    ]


def test_la_page_du_contrat_n_execute_rien_d_ecrit_dans_la_page() -> None:
    page = Client().get("/api/v1/docs")
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    scripts = re.findall(r"<script([^>]*)>([^<]*)<", page.content.decode())
    assert [corps.strip() for balise, corps in scripts if "application/json" not in balise] == ["", ""]
    assert all("src=" in balise for balise, _ in scripts if "application/json" not in balise)
    assert not re.search(r"<style|style=|//[a-z]+\.", page.content.decode())
    assert Client().get("/api/v1/openapi.json").json() == decrire()
