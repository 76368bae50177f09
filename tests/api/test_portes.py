"""Who may call, and what is told to whom may not: key, scope, guichet, agent, what is somebody else’s."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from sne.conventions import certificat
from sne.conventions.rules.portees import Portee
from sne.socle.horloge import maintenant
from tests.api.conftest import Editeur, demande
from tests.conventions import factories as conventions
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def code(reponse: Any) -> tuple[int, str]:
    return reponse.status_code, reponse.json()["errors"][0]["code"]


@pytest.mark.parametrize("cle", ["", "n’importe quoi", "sne_prod_aaaaaaaa_" + "a" * 32 + "_aaaa"])
def test_without_a_good_key_nothing_is_said(editeur: Editeur, cle: str) -> None:
    editeur.cle = cle.encode().decode("ascii", "ignore")
    refus = editeur("GET", "/moi")
    assert code(refus) == (401, "ACCES_REFUSE")
    assert refus["WWW-Authenticate"].startswith("Bearer")


def test_a_key_alone_does_not_write(servi: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificat, "empreinte", lambda _: None)
    seul = Editeur(Client(), cle=conventions.cle_de(conventions.prete()))
    assert code(seul("POST", "/demandes", demande())) == (403, "PORTEE_MANQUANTE")
    assert seul("GET", "/moi").status_code == 200


def test_a_scope_that_is_not_open_is_named(servi: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificat, "empreinte", lambda _: conventions.CERTIFICAT)
    lecteur = Editeur(
        Client(),
        cle=conventions.cle_de(conventions.prete([Portee.DEMANDES_LIRE]), [Portee.DEMANDES_LIRE]),
    )
    refus = lecteur("POST", "/demandes", demande())
    assert code(refus) == (403, "PORTEE_MANQUANTE")
    assert Portee.DEMANDES_ECRIRE in refus.json()["errors"][0]["detail"]


def test_guichet_and_agent_are_named(editeur: Editeur) -> None:
    assert code(editeur("GET", "/demandes/x", SNE_Guichet="")) == (400, "GUICHET_ABSENT")
    assert code(editeur("GET", "/demandes/x", SNE_Guichet="G9999")) == (403, "GUICHET_HORS_CONVENTION")
    assert code(editeur("GET", "/demandes/x", SNE_Agent="")) == (400, "AGENT_ABSENT")
    assert code(editeur("GET", "/demandes/x", SNE_Agent="a@b.fr")) == (400, "AGENT_ILLISIBLE")


def test_unknown_foreign_and_unreadable_are_one_answer(editeur: Editeur) -> None:
    corse = f.creer_acteur(territoire="02A", guichet="G02A1")
    ailleurs = f.deposer(
        f.contenu(
            souhaits={
                "types_logement": ["T3"],
                "localisations": [{"commune": "2A004"}],
                "accepte_autres_communes": True,
            }
        ),
        acteur=corse,
        territoire="02A",
        guichet="G02A1",
    ).nud
    adresses = [
        f"/demandes/{nud}{suite}"
        for nud in (ailleurs, "0991126999999G0993", "abc")
        for suite in ("", "/attestations")
    ]
    adresses += ["/changements-en-attente/00000000-0000-7000-8000-000000000001", "/nulle-part"]
    corps = {editeur("GET", adresse).content for adresse in adresses}
    assert len(corps) == 1
    assert json.loads(corps.pop())["errors"][0]["code"] == "INTROUVABLE"
    for adresse in (ailleurs, "0991126999999G0993"):
        assert editeur("PATCH", f"/demandes/{adresse}/contenu", {}, If_Match='"r1"').status_code == 404


def test_calls_are_counted_and_too_many_are_told_when_to_come_back(editeur: Editeur) -> None:
    with time_machine.travel(f.MAINTENANT + timedelta(hours=1), tick=False):
        lue = editeur("GET", "/moi")
        limite, reste = int(lue["RateLimit-Limit"]), int(lue["RateLimit-Remaining"])
        assert reste == limite - 1
        recherches = [editeur("POST", "/recherches", {"texte": "Dubreuil"}) for _ in range(61)]
    assert recherches[0].status_code == 200, recherches[0].content.decode()
    trop = recherches[-1]
    assert code(trop) == (429, "CADENCE_DEPASSEE")
    assert int(trop["Retry-After"]) >= 1


def test_a_number_asked_for_in_vain_counts_for_ten(editeur: Editeur) -> None:
    with time_machine.travel(f.MAINTENANT + timedelta(hours=1), tick=False):
        avant = int(editeur("GET", "/moi")["RateLimit-Remaining"])
        assert editeur("GET", "/demandes/0991126999999G0993").status_code == 404
        assert editeur("GET", "/nulle-part").status_code == 404
        assert int(editeur("GET", "/moi")["RateLimit-Remaining"]) == avant - 11


def test_an_attestation_that_is_waited_for_counts_for_one(editeur: Editeur) -> None:
    nud = editeur("POST", "/demandes", demande()).json()["data"]["nud"]
    with time_machine.travel(maintenant(), tick=False):
        avant = int(editeur("GET", "/moi")["RateLimit-Remaining"])
        pas_encore = editeur("GET", f"/demandes/{nud}/attestations", Accept="application/pdf")
        assert pas_encore.status_code == 404
        assert int(editeur("GET", "/moi")["RateLimit-Remaining"]) == avant - 2
        autre = editeur("GET", "/demandes/0991126999999G0993/attestations", Accept="application/pdf")
        assert autre.content == pas_encore.content
        assert int(editeur("GET", "/moi")["RateLimit-Remaining"]) == avant - 13


@pytest.mark.parametrize(
    ("brut", "statut"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"texte": "a", "texte": "b"}', 400),
        (b'{"texte": NaN}', 400),
        (b"[" * 50_000, 400),
        (b'{"a":' * 60 + b"1" + b"}" * 60, 400),
        (b'{"texte": "\\ud800"}', 400),
        (b'{"texte": "\\u0000"}', 400),
        (b'{"texte": 1e400}', 422),
        (b'{"inconnu": 1}', 422),
        (b"null", 422),
        (b"[]", 422),
        (b"x" * (1 << 21), 413),
    ],
)
def test_hostile_bodies_are_refused_and_not_quoted(editeur: Editeur, brut: bytes, statut: int) -> None:
    refus = editeur("POST", "/recherches", brut=brut)
    assert refus.status_code == statut, refus.content.decode()
    assert all(e["detail"].endswith(".") for e in refus.json()["errors"])


def test_what_is_no_json_and_what_is_no_method(editeur: Editeur) -> None:
    assert code(editeur("POST", "/recherches", brut=b"a=b", Content_Type="text/plain")) == (
        415,
        "FORMAT_REFUSE",
    )
    refus = editeur("DELETE", "/moi")
    assert code(refus) == (405, "METHODE_REFUSEE")
    assert refus["Allow"] == "GET"
    assert code(editeur("GET", "/moi", X_Request_ID="pas un uuid")) == (400, "REQUETE_ILLISIBLE")
