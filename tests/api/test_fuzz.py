"""Messages drawn from the contract, right and wrong: an answer of the contract, never a failure, nothing on refusal."""

import os
import time
from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler

from sne.conventions.actions import regler_cadence
from sne.conventions.actions.appels import CADENCE_MAX
from sne.conventions.models import Convention
from sne.conventions.rules.cadences import Groupe
from sne.ecole.contrat import eprouver
from tests.api.conftest import Editeur, dans_la_transaction, demande
from tests.conventions.factories import acte
from tests.ecrites import Point
from tests.habilitations.factories import creer_exploitation

CAS = 300
SECONDES = 2.0  # of processor, whatever else the machine does


@pytest.mark.django_db
@pytest.mark.parametrize("cas", [CAS, pytest.param(10_000, marks=pytest.mark.longue)])
def test_le_contrat_tient(editeur: Editeur, cas: int) -> None:
    exploitant = acte(creer_exploitation())
    for groupe in Groupe:
        regler_cadence(Convention.objects.get().id, groupe, CADENCE_MAX, acte=exploitant)
    nud = editeur("POST", "/demandes", demande()).json()["data"]["nud"]
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
        fautes = eprouver(contrat, entetes, cas=cas, nud=nud, vu=noter, tirage=tirage)
    assert not any(fautes.values()), {nom: dites for nom, dites in fautes.items() if dites}
    assert len(fautes) > 40
    assert {200, 404, 422} <= vus.keys(), vus
    assert 429 not in vus, vus
    assert len(couts) > cas // 2
    assert max(couts[1:]) < SECONDES  # the first one makes the contract
