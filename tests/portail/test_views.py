"""Public check: what it answers, what it never says, how it slows down."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse

from sne.attestations.actions import emettre_attestation
from sne.attestations.models import Attestation
from sne.attestations.rules import grouper_reference
from sne.portail import limite
from sne.portail.parametres import ParametresPortail
from sne.referentiels.rules.parametres import parametres_par_defaut
from sne.registre.depot.actions.deposer import Recepisse
from sne.socle.acte import Acte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
INCONNUE = "222222222222"
RAFALE = parametres_par_defaut(f.AUJOURD_HUI)[ParametresPortail].verification_rafale


@pytest.fixture(autouse=True)
def calme() -> Iterator[None]:
    """No check counted yet, on the day of the tests."""
    limite.oublier()
    with time_machine.travel(f.MAINTENANT, tick=False):
        yield
    limite.oublier()


@pytest.fixture
def recepisse() -> Recepisse:
    return f.deposer()


@pytest.fixture
def attestation(recepisse: Recepisse) -> Attestation:
    return emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))


def page(client: Client, reference: str) -> str:
    reponse = client.get(reverse("verifier", args=[reference]))
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_valid_until_a_date(client: Client, attestation: Attestation) -> None:
    lue = page(client, attestation.reference)
    assert "Cette attestation est valable" in lue
    assert "jusqu’au 23 novembre 2027" in lue
    assert grouper_reference(attestation.reference) in lue


def test_replaced_says_when_and_the_new_one_is_valid(
    client: Client, recepisse: Recepisse, attestation: Attestation
) -> None:
    lendemain = f.MAINTENANT + timedelta(days=1)
    nouvelle = emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), lendemain))
    lue = page(client, attestation.reference)
    assert "Cette attestation a été remplacée" in lue
    assert "émise le 25 novembre 2026" in lue
    assert nouvelle.reference not in lue
    assert "Cette attestation est valable" in page(client, nouvelle.reference)


def test_no_longer_valid_after_its_date(client: Client, attestation: Attestation) -> None:
    with time_machine.travel(f.MAINTENANT.replace(year=2027), tick=False):
        assert "Cette attestation n’est plus valable" in page(client, attestation.reference)


def test_unknown(client: Client) -> None:
    assert "Cette attestation est inconnue" in page(client, INCONNUE)


def test_the_person_is_never_named(client: Client, recepisse: Recepisse, attestation: Attestation) -> None:
    lue = page(client, attestation.reference)
    for secret in (
        "Dubreuil",
        "Élodie",
        recepisse.nud,
        recepisse.nud[7:13],
        "1987",
        str(recepisse.demande_id),
    ):
        assert secret not in lue


@pytest.mark.parametrize("ecrite", [str.lower, grouper_reference, lambda r: f" {r[:6]} {r[6:]} "])
def test_reference_is_read_as_people_write_it(client: Client, attestation: Attestation, ecrite: Any) -> None:
    assert "Cette attestation est valable" in page(client, ecrite(attestation.reference))


def test_typed_reference_leads_to_the_address_of_the_code(client: Client, attestation: Attestation) -> None:
    saisie = grouper_reference(attestation.reference).lower()
    reponse = client.get(reverse("verifier-attestation"), {"reference": saisie})
    assert reponse.status_code == 302
    assert reponse.headers["Location"] == f"/v/{attestation.reference}/"
    assert attestation.donnees["portail"] + reponse.headers["Location"] == "http://localhost:8000" + (
        f"/v/{attestation.reference}/"
    )


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [("", "Tapez les 12 signes"), ("abc", "3 saisis"), ("0BCDEFGHJKMN", "«\u00a00\u00a0» n’y figure jamais")],
)
def test_wrong_reference_is_explained_and_kept(client: Client, saisie: str, phrase: str) -> None:
    reponse = client.get(reverse("verifier-attestation"), {"reference": saisie})
    lue = reponse.content.decode()
    assert reponse.status_code == 200
    assert phrase in lue
    assert f'value="{saisie}"' in lue or not saisie
    assert "<title>Erreur : 1 champ à corriger" in lue.replace("\u00a0", " ")


@pytest.mark.parametrize("reference", ["abc", "é" * 12, "x" * 500, "1;DROP TABLE attestation"])
def test_address_that_holds_no_reference_is_explained(client: Client, reference: str) -> None:
    reponse = client.get(f"/v/{reference}/")
    assert reponse.status_code == 200
    assert "Vérifier une attestation" in reponse.content.decode()


def test_form_asks_nothing_of_a_visitor(client: Client) -> None:
    reponse = client.get(reverse("verifier-attestation"))
    assert reponse.status_code == 200
    assert not reponse.cookies
    assert "Erreur" not in reponse.content.decode()


@pytest.mark.parametrize("connue", [True, False])
def test_headers_keep_the_reference_to_ourselves(
    client: Client, attestation: Attestation, connue: bool
) -> None:
    reponse = client.get(reverse("verifier", args=[attestation.reference if connue else INCONNUE]))
    assert reponse.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert reponse.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in reponse.headers["Cache-Control"]
    assert not reponse.cookies


def test_page_links_to_no_other_site(client: Client, attestation: Attestation) -> None:
    assert 'href="http' not in page(client, attestation.reference)


def test_post_is_refused(client: Client) -> None:
    assert client.post(reverse("verifier-attestation")).status_code == 405
    assert client.post(reverse("verifier", args=[INCONNUE])).status_code == 405


def test_too_many_checks_wait_and_others_do_not(client: Client) -> None:
    adresse = reverse("verifier", args=[INCONNUE])
    assert [client.get(adresse).status_code for _ in range(RAFALE)] == [200] * RAFALE
    refus = client.get(adresse)
    assert refus.status_code == 429
    assert refus.headers["Retry-After"] == "3"
    assert "Attendez 3 secondes" in refus.content.decode().replace("\u00a0", " ")
    assert client.get(adresse, REMOTE_ADDR="192.0.2.7").status_code == 200
    with time_machine.travel(f.MAINTENANT + timedelta(seconds=3), tick=False):
        assert client.get(adresse).status_code == 200


@override_settings(PROXYS=1)
def test_limit_counts_the_address_that_the_proxy_gives(client: Client) -> None:
    adresse = reverse("verifier", args=[INCONNUE])
    for _ in range(RAFALE):
        client.get(adresse, headers={"x-forwarded-for": "203.0.113.9, 192.0.2.1"})
    assert client.get(adresse, headers={"x-forwarded-for": "192.0.2.1"}).status_code == 429
    assert client.get(adresse, headers={"x-forwarded-for": "203.0.113.9"}).status_code == 200


def test_memory_of_the_limit_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.socle.debit.GARDES", 3)
    for _ in range(RAFALE):
        limite.demander("192.0.2.1")
    assert limite.demander("192.0.2.1") == 3
    for i in range(2, 5):
        limite.demander(f"192.0.2.{i}")
    assert limite.demander("192.0.2.1") == 0  # forgotten: the oldest of four
