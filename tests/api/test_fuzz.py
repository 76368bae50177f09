"""Messages drawn from the contract, right and wrong: an answer of the contract, never a failure, nothing on refusal."""

import json
import os
import socket
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler

from sne.api.ressources import flux
from sne.conventions.actions import regler_cadence
from sne.conventions.actions.appels import CADENCE_MAX
from sne.conventions.models import Convention
from sne.conventions.rules.cadences import Groupe
from sne.ecole.contrat import REVISION, eprouver
from sne.flux.actions.relever import relever, service_du_flux
from sne.journal.actions.jalonner import tourner_cle
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.api.conftest import Editeur, dans_la_transaction, demande
from tests.api.test_flux import lignes
from tests.conventions.factories import acte
from tests.ecrites import Point
from tests.habilitations.factories import creer_exploitation
from tests.imports.factories import deposer
from tests.registre import factories as f

CAS = 300
SECONDES = 2.0  # of processor, whatever else the machine does


def ce_qui_existe(editeur: Editeur) -> dict[str, str]:
    """By its name in addresses: a demande and its revision, its document and attestation, a change that waits for
    its decision, a file being imported, a subscription, lines of a feed and their statement.
    """

    def creer(adresse: str, corps: Any = None, **entetes: Any) -> dict[str, str]:
        recue = editeur("POST", adresse, corps, **entetes)
        assert recue.status_code in {201, 202}, recue.content.decode()
        dit: dict[str, str] = recue.json()["data"]
        return dit

    nud = creer("/demandes", demande())["nud"]
    vue = {"type": "IDENTITE", "reference": "demandeur", "vue_le": aujourd_hui().isoformat()}
    ancienne = f.deposer(f.contenu(demandeur=f.personne("Morel", "Luc")), le=f.ANCIEN).nud
    nom = {"demandeur": {"identite": {"nom_naissance": "Zimmer"}}}
    attend = editeur("PATCH", f"/demandes/{ancienne}/contenu", nom, If_Match='"r1"')
    assert attend.status_code == 202, attend.content.decode()
    ligne = json.dumps(deposer("D-1", 7)).encode()
    lignes(["DEPOSER"])
    tourner_cle(acte=Acte(service_du_flux(), maintenant()))
    relever("099", "demandes", acte=Acte(service_du_flux(), maintenant()))
    connus = {
        "nud": nud,
        "piece": creer(f"/demandes/{nud}/pieces", vue)["id"],
        "reference": creer(f"/demandes/{nud}/attestations", {})["reference"],
        "changement": attend["Location"].rpartition("/")[2],
        "identifiant": creer("/imports", brut=ligne, Content_Type="application/x-ndjson")["id"],
        "abonnement": creer("/abonnements", {"territoire": "099", "adresse": "https://rappel.exemple.fr/"})[
            "id"
        ],
        "territoire": "099",
        "numero": "1",
    }
    return connus | {REVISION: editeur("GET", f"/demandes/{nud}")["ETag"]}


def sans_reseau(*_: object, **__: object) -> None:
    """No name is found outside."""
    raise socket.gaierror


@pytest.mark.django_db
@pytest.mark.parametrize("cas", [CAS, pytest.param(10_000, marks=pytest.mark.longue)])
def test_le_contrat_tient(
    editeur: Editeur, cas: int, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DOSSIER_DOCUMENTS = tmp_path
    monkeypatch.setattr(socket, "getaddrinfo", sans_reseau)
    monkeypatch.setattr(flux, "attendre", lambda lire, **_: lire())  # nothing comes while it is waited for
    exploitant = acte(creer_exploitation())
    for groupe in Groupe:
        regler_cadence(Convention.objects.get().id, groupe, CADENCE_MAX, acte=exploitant)
    connus = ce_qui_existe(editeur)
    vus: Counter[int] = Counter()
    couts: list[float] = []
    interface = WSGIHandler()

    def repondre(environ: Any, commencer: Any) -> Any:
        depart = time.thread_time()
        reponse = interface(environ, commencer)
        couts.append(time.thread_time() - depart)
        return reponse

    with dans_la_transaction():
        contrat = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", repondre)
    point = Point()

    def noter(reponse: Any) -> None:
        vus[reponse.status_code] += 1
        changees = point.change()
        assert reponse.status_code < 400 or not changees, (reponse.request.url, reponse.content, changees)
        point.revenir()

    entetes = {"Authorization": f"Bearer {editeur.cle}", "SNE-Guichet": "G0993", "SNE-Agent": "a-1"}
    tirage = bool(os.environ.get("HYPOTHESIS_PROFILE"))
    with dans_la_transaction():
        fautes = eprouver(contrat, entetes, cas=cas, connus=connus, vu=noter, tirage=tirage)
    assert not any(fautes.values()), {nom: dites for nom, dites in fautes.items() if dites}
    assert len(fautes) > 40
    assert {200, 202, 404, 422} <= vus.keys(), vus
    assert 429 not in vus, vus
    assert max(couts[1:]) < SECONDES  # the first one makes the contract
    assert len(couts) > cas, len(couts)  # one more, which reads it
