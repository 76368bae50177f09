"""Messages drawn from the contract, right and wrong: an answer of the contract, never a failure, nothing on refusal."""

import os
import uuid
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

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
VOULUS = (
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


@schemathesis.serializer(
    "application/offset+octet-stream", "application/x-ndjson", "application/vnd.apache.parquet", "text/csv"
)
def octets(_: Any, valeur: Any) -> bytes:
    """What the protocol of uploads sends."""
    return valeur if isinstance(valeur, bytes) else str(valeur).encode("utf-8", "replace")


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
    load_all_checks()
    controles = [CHECKS.get_one(nom) for nom in VOULUS]
    operations = [resultat.ok() for resultat in contrat.get_all_operations()]
    vus: dict[int, int] = {}
    etat = [*compter()]
    for operation in operations:

        @settings(
            max_examples=max(1, cas // len(operations)),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=not os.environ.get("HYPOTHESIS_PROFILE"),
        )
        @given(un=operation.as_strategy(), vraie=st.booleans())
        def envoyer(un: Any, vraie: bool) -> None:
            if vraie and "nud" in (un.path_parameters or {}):
                un.path_parameters["nud"] = nud
            entetes = {"Authorization": f"Bearer {editeur.cle}", "SNE-Guichet": "G0993", "SNE-Agent": "a-1"}
            if un.method == "POST":
                entetes["Idempotency-Key"] = str(uuid.uuid4())
            reponse = un.call(headers=entetes)
            vus[reponse.status_code] = vus.get(reponse.status_code, 0) + 1
            un.validate_response(reponse, checks=controles)
            eteint = reponse.status_code == 503 and reponse.json()["errors"][0]["code"] == "AIDE_ETEINT"
            assert reponse.status_code < 500 or eteint
            apres = [*compter()]
            assert apres == etat or reponse.status_code < 400
            etat[:] = apres

        with dans_la_transaction():
            envoyer()
    assert {200, 404, 422} <= vus.keys(), vus
