"""Messages drawn from the contract, right and wrong: an answer of the contract, never a failure, nothing on refusal."""

import os
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from sne.ecole.contrat import eprouver
from tests.api.conftest import Editeur, dans_la_transaction, demande

CAS = 300
TABLES = (
    "demande",
    "version",
    "identite",
    "personne",
    "piece",
    "evenement",
    "decision_caleol",
    "attribution",
    "radiation",
)


def compter() -> tuple[int, ...]:
    """Rows of what a refused message may not have written."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES))
        lu: tuple[int, ...] = curseur.fetchone()
        return lu


@pytest.mark.django_db
@pytest.mark.parametrize("cas", [CAS, pytest.param(10_000, marks=pytest.mark.longue)])
def test_le_contrat_tient(editeur: Editeur, cas: int) -> None:
    nud = editeur("POST", "/demandes", demande()).json()["data"]["nud"]
    with dans_la_transaction():
        contrat = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    vus: dict[int, int] = {}
    avant = compter()

    def noter(reponse: Any) -> None:
        nonlocal avant
        vus[reponse.status_code] = vus.get(reponse.status_code, 0) + 1
        apres = compter()
        assert reponse.status_code < 400 or apres == avant
        avant = apres

    entetes = {"Authorization": f"Bearer {editeur.cle}", "SNE-Guichet": "G0993", "SNE-Agent": "a-1"}
    tirage = bool(os.environ.get("HYPOTHESIS_PROFILE"))
    with dans_la_transaction():
        fautes = eprouver(contrat, entetes, cas=cas, nud=nud, vu=noter, tirage=tirage)
    assert not any(fautes.values()), {nom: dites for nom, dites in fautes.items() if dites}
    assert len(fautes) > 40
    assert {200, 404, 422} <= vus.keys(), vus
