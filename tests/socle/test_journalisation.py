"""Technical logs hold no personal data, wherever it comes from; a failure gives its reference and nothing else."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.journalisation import CLES_PERSONNELLES, RETIRE, reglages

NIR = "287036912345678"
journal = structlog.stdlib.get_logger("sne.essais")


def echouer(request: HttpRequest, reference: str = "") -> HttpResponse:
    raise ValueError(f"row of {NIR}") from KeyError("Élodie Dubreuil")


def refuser(request: HttpRequest, genre: str) -> HttpResponse:
    refus = {"403": NonHabilite, "404": Introuvable, "409": Interdit}
    if genre in refus:
        raise refus[genre]("Une phrase qui dit quoi faire.")
    raise Http404("Élodie Dubreuil")


for vue in (echouer, refuser):
    vue.login_required = False  # type: ignore[attr-defined]  # what Django's login_not_required sets


def urls() -> tuple[Any, ...]:
    from config.urls import handler500, urlpatterns

    essais = [path("echec/<slug:reference>/", echouer), path("refus/<slug:genre>/", refuser)]
    return type("Urls", (), {"urlpatterns": essais + urlpatterns, "handler500": staticmethod(handler500)})


@pytest.fixture
def lignes(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """The JSON lines written since the last call, whatever logger wrote them."""
    formateur = reglages()["formatters"]["json"]
    sortie = logging.StreamHandler()
    sortie.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=formateur["processors"], foreign_pre_chain=formateur["foreign_pre_chain"]
        )
    )
    recues: list[str] = []
    sortie.emit = lambda enregistrement: recues.append(sortie.format(enregistrement))  # type: ignore[method-assign]
    racine = logging.getLogger()
    racine.addHandler(sortie)
    yield lambda: [json.loads(ligne) for ligne in recues]
    racine.removeHandler(sortie)


@pytest.mark.parametrize("cle", sorted(CLES_PERSONNELLES))
def test_personal_key_is_emptied(cle: str, lignes: Any) -> None:
    journal.info("essai", **{cle: "Dubreuil"}, page={"lignes": [{cle.upper(): "Dubreuil"}], "rang": (1, "a")})
    (ligne,) = lignes()
    assert ligne[cle] == RETIRE
    assert ligne["page"] == {"lignes": [{cle.upper(): RETIRE}], "rang": [1, "a"]}


@pytest.mark.parametrize("infos", [True, "exception"])
def test_exception_keeps_types_and_places_without_messages(infos: Any, lignes: Any) -> None:
    try:
        echouer(HttpRequest())
    except ValueError as exc:
        journal.error("raté", exc_info=exc if infos == "exception" else infos)
    (ligne,) = lignes()
    assert [e["type"] for e in ligne["exceptions"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert "echouer" in ligne["exceptions"][0]["pile"][-1]
    assert NIR not in json.dumps(ligne)


def test_exceptions_of_a_group_are_all_told(lignes: Any) -> None:
    journal.error("ratés", exc_info=ExceptionGroup("deux", [ValueError(NIR), KeyError(NIR)]))
    (ligne,) = lignes()
    types = ["builtins.ExceptionGroup", "builtins.ValueError", "builtins.KeyError"]
    assert [e["type"] for e in ligne["exceptions"]] == types
    assert NIR not in json.dumps(ligne)


def test_exc_info_without_exception_adds_nothing(lignes: Any) -> None:
    journal.info("calme", exc_info=(None, None, None))
    journal.info("calme", exc_info=False)
    assert all("exceptions" not in ligne for ligne in lignes())


def test_messages_of_django_lose_their_arguments(lignes: Any) -> None:
    logging.getLogger("django.essais").warning("Not Found: %s", "/v/REFERENCE/")
    logging.getLogger("autre").warning("kept: %s", "argument")
    assert [ligne["event"] for ligne in lignes()] == ["Not Found: %s", "kept: argument"]


@pytest.mark.django_db
def test_one_line_per_request_names_the_route_and_no_query(
    client: Client, settings: Any, lignes: Any
) -> None:
    settings.ROOT_URLCONF = urls()
    reponse = client.get("/refus/409/?q=dubreuil", headers={"user-agent": "dubreuil"})
    (ligne,) = [li for li in lignes() if li["logger"] == "sne.requetes"]
    assert (ligne["methode"], ligne["route"], ligne["statut"]) == ("GET", "refus/<slug:genre>/", 409)
    assert ligne["correlation"] == reponse.headers["X-Request-ID"]
    assert ligne["acteur"] is None
    assert "dubreuil" not in json.dumps(ligne)


@pytest.mark.django_db
def test_unknown_address_is_logged_without_it(client: Client, lignes: Any) -> None:
    assert client.get("/dubreuil/").status_code == 404
    (ligne,) = [li for li in lignes() if li["logger"] == "sne.requetes"]
    assert ligne["route"] is None
    assert "dubreuil" not in json.dumps(lignes())


@pytest.mark.django_db
def test_failure_page_gives_the_reference_and_nothing_else(
    client: Client, settings: Any, lignes: Any
) -> None:
    settings.ROOT_URLCONF = urls()
    client.raise_request_exception = False
    reponse = client.get("/echec/REFERENCE/")
    page = reponse.content.decode()
    assert reponse.status_code == 500
    assert reponse.headers["X-Request-ID"] in page
    assert "ValueError" not in page
    traces = json.dumps(lignes())
    assert "builtins.ValueError" in traces
    assert "erreur du serveur" in traces
    assert all(interdit not in traces + page for interdit in (NIR, "Dubreuil", "REFERENCE"))


@pytest.mark.django_db
@pytest.mark.parametrize("statut", [403, 404, 409])
def test_refusal_without_words_becomes_a_page(client: Client, settings: Any, statut: int) -> None:
    settings.ROOT_URLCONF = urls()
    reponse = client.get(f"/refus/{statut}/")
    assert reponse.status_code == statut
    assert "Une phrase qui dit quoi faire." in reponse.content.decode()


@pytest.mark.django_db
def test_http404_says_nothing_of_its_reason(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = urls()
    reponse = client.get("/refus/autre/")
    assert reponse.status_code == 404
    assert "Dubreuil" not in reponse.content.decode()


@pytest.mark.django_db
def test_unknown_host_is_a_page(client: Client, lignes: Any) -> None:
    reponse = client.get("/connexion/", headers={"host": "ailleurs.example"})
    assert reponse.status_code == 400
    assert "n’a pas compris cet envoi" in reponse.content.decode()


def test_host_that_is_not_ours_is_not_kept(db: None, lignes: Any) -> None:
    reponse = Client().get("/connexion/", headers={"host": "elodie-dubreuil.exemple"})
    assert reponse.status_code == 400
    assert "elodie" not in json.dumps(lignes())
    assert "requête refusée" in [ligne["event"] for ligne in lignes()]


def test_pages_ask_for_no_sensor(db: None) -> None:
    assert "camera=(), " in Client().get("/connexion/").headers["Permissions-Policy"]
