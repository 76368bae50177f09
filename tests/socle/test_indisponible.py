"""While the database is away: 503, when to try again, nothing typed is lost; passwords and codes never come back."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from sne.registre.modification.models import Brouillon
from sne.socle.indisponible import CODE, MOTS_DE_PASSE
from tests.guichet import parcours
from tests.habilitations.factories import connecter, creer_agent
from tests.passerelle import Passerelle
from tests.socle.test_journalisation import lignes

__all__ = ["lignes"]
CHAMP = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def passerelle(
    transactional_db: None, url_runtime: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Passerelle]:
    """Django goes through a relay that the test may cut."""
    reglages = connection.settings_dict
    avant = {cle: reglages[cle] for cle in ("HOST", "PORT")}
    with Passerelle(url_runtime, tmp_path_factory.mktemp("p")) as ouverte:
        connection.close()
        reglages.update(HOST=ouverte.dossier, PORT=ouverte.port)
        yield ouverte
    connection.close()
    reglages.update(avant)


@pytest.fixture
def agent(passerelle: Passerelle) -> Client:
    """Signed in, whose forms are checked as in production."""
    client = connecter(Client(raise_request_exception=False), creer_agent())
    client.handler.enforce_csrf_checks = True
    return client


def jeton(client: Client, adresse: str) -> str:
    trouve = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(adresse).content.decode())
    assert trouve
    return trouve[1]


def champs_caches(page: str) -> dict[str, list[str]]:
    lus: dict[str, list[str]] = {}
    for nom, valeur in CHAMP.findall(page):
        lus.setdefault(nom, []).append(html.unescape(valeur))
    return lus


def couper(passerelle: Passerelle, *, morte: bool) -> None:
    """Cut; the connection in hand is ``morte``, or there is none."""
    passerelle.couper()
    if not morte:
        connection.close()


@pytest.mark.parametrize("morte", [True, False])
def test_what_was_typed_comes_back_and_is_recorded_by_the_next_try(
    agent: Client, passerelle: Passerelle, morte: bool, lignes: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    agent.handler.enforce_csrf_checks = False
    brouillon = parcours.ouvrir(agent)
    agent.handler.enforce_csrf_checks = True
    adresse = parcours.adresse(brouillon, "souhaits")
    saisie = parcours.souhaits(loyer_maximum='7"80,50 <b>') | parcours.lu(brouillon)
    saisie |= {"csrfmiddlewaretoken": jeton(agent, adresse)}
    couper(passerelle, morte=morte)

    coupee = agent.post(adresse, saisie)
    page = coupee.content.decode()
    assert (coupee.status_code, coupee.headers["Retry-After"]) == (503, "5")
    assert "no-store" in coupee.headers["Cache-Control"]
    assert "form-action 'self'" in coupee.headers["Content-Security-Policy"]
    rendus = champs_caches(page)
    attendus = {c: [v] if isinstance(v, str) else list(v) for c, v in saisie.items()}
    del attendus["csrfmiddlewaretoken"]
    assert {c: v for c, v in rendus.items() if c != "csrfmiddlewaretoken"} == attendus
    assert rendus["types_logement"] == ["T4", "T5"]
    assert brouillon not in page, "the form goes where it came from, without saying it"

    encore = agent.post(adresse, rendus)
    assert encore.status_code == 503
    assert champs_caches(encore.content.decode())["types_logement"] == ["T4", "T5"]

    passerelle.retablir()
    connection.close()  # as the end of a request does
    rendus["loyer_maximum"] = ["780,50"]
    assert agent.post(adresse, rendus).status_code == 302
    assert "780,50" in agent.get(adresse).content.decode()
    assert Brouillon.objects.count() == 1
    ecrit = capsys.readouterr()
    assert "Traceback" not in ecrit.out + ecrit.err
    vues = lignes()
    assert [li["statut"] for li in vues if li["logger"] == "sne.requetes"].count(503) == 2
    assert "Aurette" not in json.dumps(vues)
    assert "aurette" not in json.dumps(vues)


def test_a_link_says_it_in_its_own_language(agent: Client, passerelle: Passerelle) -> None:
    couper(passerelle, morte=False)
    page = agent.get(f"/ar/pas-moi/{'a' * 20}/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<a class="fr-btn" href="">إعادة المحاولة</a>' in page


def test_page_that_could_not_be_read_offers_to_try_again(agent: Client, passerelle: Passerelle) -> None:
    couper(passerelle, morte=False)
    reponse = agent.get("/listes/?page=2")
    page = reponse.content.decode()
    assert (reponse.status_code, reponse.headers["Retry-After"]) == (503, "5")
    assert '<a class="fr-btn" href="">Réessayer</a>' in page
    assert "<form" not in page
    passerelle.retablir()
    connection.close()
    assert "Camille Rousset" in agent.get("/accueil/").content.decode(), "still signed in"


@pytest.mark.parametrize(
    ("adresse", "saisie"),
    [
        ("/connexion/", {"courriel": "camille.rousset@exemple.fr", "mot_de_passe": "sesame-ouvre-toi"}),
        ("/connexion/code/", {"code": "123 456"}),
        ("/mon-compte/mot-de-passe/", {"ancien": "sesame-ouvre-toi", "nouveau": "x", "confirmation": "x"}),
    ],
)
def test_password_and_code_never_come_back(
    agent: Client, passerelle: Passerelle, adresse: str, saisie: dict[str, str]
) -> None:
    saisie = saisie | {"csrfmiddlewaretoken": jeton(agent, "/mon-compte/")}
    couper(passerelle, morte=False)
    reponse = agent.post(adresse, saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 503
    assert "sesame" not in page
    assert "123 456" not in page
    assert "<form" not in page
    assert "revenez à la page précédente" in page


def test_every_secret_field_is_known() -> None:
    """Of any form of the service: what the browser hides, or receives on a telephone."""
    get_resolver().url_patterns  # noqa: B018 - imports every view, hence every form

    def formulaires(classe: type[forms.BaseForm]) -> Iterator[type[Any]]:
        for fille in classe.__subclasses__():
            yield fille
            yield from formulaires(fille)

    champs = [
        (nom, champ.widget)
        for formulaire in formulaires(forms.BaseForm)
        if formulaire.__module__.startswith("sne.")
        for nom, champ in formulaire.base_fields.items()
    ]
    assert {nom for nom, widget in champs if isinstance(widget, forms.PasswordInput)} == MOTS_DE_PASSE
    assert {nom for nom, widget in champs if widget.attrs.get("autocomplete") == "one-time-code"} == {CODE}
    autres = {nom for nom, widget in champs if not isinstance(widget, forms.PasswordInput)}
    assert not MOTS_DE_PASSE & autres, "what is typed under this name would be lost"


def test_code_of_a_list_comes_back(agent: Client, passerelle: Passerelle) -> None:
    saisie = {"code": "12", "motivation": "Urgence", "csrfmiddlewaretoken": jeton(agent, "/mon-compte/")}
    couper(passerelle, morte=False)
    assert champs_caches(agent.post("/rechercher/", saisie).content.decode())["code"] == ["12"]


def test_files_are_said_to_be_lost_and_the_rest_comes_back(agent: Client, passerelle: Passerelle) -> None:
    recu = jeton(agent, "/mon-compte/")
    couper(passerelle, morte=False)
    envoi = {
        "csrfmiddlewaretoken": recu,
        "explication": "Livret",
        "fichiers": SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
    }
    page = agent.post("/demandes/0990000000001000001/pieces/ajouter/", envoi).content.decode()
    assert champs_caches(page)["explication"] == ["Livret"]
    assert "fichiers" not in champs_caches(page)
    assert "Vos fichiers ne peuvent pas être gardés" in page


def test_form_sent_from_elsewhere_is_not_given_back_to_be_sent(agent: Client, passerelle: Passerelle) -> None:
    couper(passerelle, morte=False)
    reponse = agent.post("/demandes/nouvelle/", {"nom_naissance": "Forgé"})
    assert reponse.status_code == 403
    assert "Forgé" not in reponse.content.decode()


@pytest.mark.parametrize("corps", ["a=b&" * 1100, "nom=\xff"])
def test_form_that_cannot_be_read_has_its_page_too(agent: Client, passerelle: Passerelle, corps: str) -> None:
    recu = jeton(agent, "/mon-compte/")
    couper(passerelle, morte=False)
    reponse = agent.generic(
        "POST",
        "/demandes/nouvelle/",
        corps.encode("latin-1"),
        "application/x-www-form-urlencoded",
        headers={"x-csrftoken": recu},
    )
    assert (reponse.status_code, reponse.headers["Retry-After"]) == (503, "5")


def test_machine_that_sends_is_told_when_to_come_back(agent: Client, passerelle: Passerelle) -> None:
    couper(passerelle, morte=False)
    reponse = agent.patch("/televersements/", b"octets")
    assert (reponse.status_code, reponse.headers["Retry-After"]) == (503, "5")
