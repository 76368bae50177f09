"""A client generated from the contract registers a household, and reads it."""

import importlib
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler

from sne.api.contrat import contrat
from tests.api.conftest import Editeur, dans_la_transaction, demande

PAQUET = "client_engendre"


@pytest.fixture
def client_engendre(servi: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The package that vendors would make."""
    chemin = tmp_path / "openapi.json"
    chemin.write_bytes(contrat(None).content)  # type: ignore[arg-type]  # the request is not read
    commande = ("generate", "--path", str(chemin), "--output-path", str(tmp_path / PAQUET), "--meta", "none")
    subprocess.run(
        [Path(sys.executable).with_name("openapi-python-client"), *commande],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module(PAQUET)
    for nom in [nom for nom in sys.modules if nom.partition(".")[0] == PAQUET]:
        del sys.modules[nom]


@pytest.mark.django_db
def test_a_generated_client_registers_and_reads(client_engendre: Any, editeur: Editeur) -> None:
    enregistrer = importlib.import_module(f"{PAQUET}.api.demandes.enregistrer_demande")
    lire = importlib.import_module(f"{PAQUET}.api.demandes.lire_demande")
    recue = importlib.import_module(f"{PAQUET}.models").DemandeRecue.from_dict(
        demande(reference_editeur="D-88231")
    )
    qui = {"sne_guichet": "G0993", "sne_agent": "a-1043"}
    client = client_engendre.AuthenticatedClient(base_url="http://localhost", token=editeur.cle)
    entetes = {"Authorization": f"Bearer {editeur.cle}"}
    transport = httpx.WSGITransport(app=WSGIHandler())
    client.set_httpx_client(httpx.Client(base_url="http://localhost", headers=entetes, transport=transport))
    with dans_la_transaction():
        faite = enregistrer.sync_detailed(client=client, body=recue, idempotency_key="k", **qui)
        assert faite.status_code == HTTPStatus.CREATED, faite.content
        lue = lire.sync_detailed(faite.parsed.data.nud, client=client, **qui)
    assert lue.parsed.data.reference_editeur == "D-88231"
    assert lue.parsed.data.contenu.demandeur.identite.nom_naissance == "Dubreuil"
    assert lue.parsed.data.date_depot.isoformat() == demande()["date_reception"]
