"""The households' portal: what anybody reads there, in six languages, without script, and writing nothing."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sne.attestations.actions import emettre_attestation
from sne.portail import limite, urls_menage
from sne.portail.middleware import OCTETS_MAX
from sne.socle.acte import Acte
from sne.socle.droits import role_portail
from sne.socle.langues import LANGUES, Langue
from tests.portail.conftest import servie_par_le_portail
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
RACINE = Path(__file__).resolve().parents[2]
PAGES = (
    "/",
    "/comment-ca-marche/",
    "/vos-droits/",
    "/vos-donnees/",
    "/accessibilite/",
    "/etat-du-service/",
    "/guichets/",
    "/exemple/",
    "/numero-perdu/envoye/",
    "/verifier/",
    "/v/7KMR-W3XQ-9TFA/",
)
SANS_LANGUE = ("/journal/", "/journal/jalons.json")


def traductions() -> ModuleType:
    chemin = RACINE / "outils" / "traductions.py"
    spec = importlib.util.spec_from_file_location("traductions", chemin)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def en(langue: Langue, page: str) -> str:
    return page if langue.code == "fr" else f"/{langue.code}{page}"


def lire(porte: Client, adresse: str) -> str:
    reponse = porte.get(adresse)
    assert reponse.status_code == 200
    return str(reponse.content.decode())


def test_every_text_of_pages_and_messages_is_said_in_every_language() -> None:
    """Run ``python outils/traductions.py`` after a change: catalogues hold these texts, translated and compiled."""
    outil = traductions()
    for dossier in (outil.PORTAIL, outil.MESSAGES):
        attendus = outil.textes(dossier)
        assert len(attendus) > 90
        assert [e for langue in outil.LANGUES for e in outil.ecarts(dossier, langue, attendus)] == []


def test_a_text_that_nobody_translated_is_seen() -> None:
    outil = traductions()
    attendus = {**outil.textes(outil.MESSAGES), "Un texte nouveau": ""}
    dits = outil.ecarts(outil.MESSAGES, "ar", attendus)
    assert dits == ["ar : sans traduction : Un texte nouveau"]


@pytest.mark.parametrize("page", PAGES)
def test_the_same_page_in_six_languages(porte: Client, page: str) -> None:
    """As many blocks in each; a link to each of the others; nothing that runs."""
    squelettes = set()
    for langue in LANGUES:
        lue = lire(porte, en(langue, page))
        assert f'<html lang="{langue.code}" dir="{langue.sens}"' in lue
        assert "<script" not in lue
        for autre in LANGUES:
            assert f'href="{en(autre, page)}" lang="{autre.code}"' in lue
        squelettes.add(tuple(re.findall(r"<(h1|h2|p|li|form|section|dl)\b", lue)))
    assert len(squelettes) == 1


def test_the_script_that_keeps_a_draft_weighs_next_to_nothing() -> None:
    assert (RACINE / "sne" / "portail" / "static" / "portail" / "brouillon.js").stat().st_size <= 1_536


def test_no_address_is_left_out() -> None:
    """A page added to the portal is added to these trials, or to those of whoever signs in."""
    eprouvees = {page.strip("/").split("/")[0] for page in PAGES}
    connectees = {
        "aider-un-proche",
        "connexion",
        "deconnexion",
        "fichiers",
        "mon-compte",
        "ma-demande",
        "nouvelle-demande",
        "session",
    }  # test_connexion, test_nouvelle
    assert {str(u.pattern).split("/")[0] for u in urls_menage.urlpatterns} == eprouvees | connectees


def test_somebody_who_did_not_sign_in_is_sent_to_the_page_where_one_does(porte: Client) -> None:
    for methode in ("get", "head", "post"):
        assert getattr(porte, methode)("/ar/ma-demande/").headers["Location"] == "/ar/connexion/"
        assert getattr(porte, methode)("/deconnexion/").headers["Location"] == "/connexion/"


@pytest.mark.parametrize("accepte", ["ar", "en-GB,en;q=0.9", ""])
def test_without_a_prefix_it_is_french_whatever_the_browser_prefers(porte: Client, accepte: str) -> None:
    assert '<html lang="fr"' in porte.get("/", headers={"accept-language": accepte}).content.decode()


@pytest.mark.parametrize("methode", ["get", "head"])
def test_reading_writes_nothing(porte: Client, methode: str) -> None:
    for page in (*(en(langue, p) for langue in LANGUES[:2] for p in PAGES), *SANS_LANGUE):
        with CaptureQueriesContext(connection) as lus:
            assert getattr(porte, methode)(page).status_code in {200, 405}
        ecrits = [q["sql"] for q in lus if not q["sql"].lstrip("( \n").upper().startswith(("SELECT", "WITH"))]
        assert ecrits == []
    assert not porte.cookies


def test_home_promises_only_what_is_done_here(porte: Client) -> None:
    lue = lire(porte, "/")
    assert "avec FranceConnect ou avec votre adresse électronique" in lue
    assert "/nouvelle-demande/" in lue
    assert "/guichets/" in lue
    assert "/verifier/" in lue
    assert "script-src 'self';" in porte.get("/").headers["Content-Security-Policy"]


def test_nothing_of_the_professionals_is_there(porte: Client) -> None:
    for adresse in ("/connexion-pro/", "/accueil/", "/mon-compte/", "/demandes/nouvelle/", "/rechercher/"):
        reponse = porte.get(adresse)
        assert reponse.status_code == 404
        assert "Cette page n’existe pas" in reponse.content.decode()


def test_a_long_form_is_not_read(porte: Client) -> None:
    reponse = porte.post("/verifier/", {"reference": "x" * (OCTETS_MAX + 1)})
    assert reponse.status_code == 413
    assert "Cet envoi est trop long" in reponse.content.decode()
    nombreux = "&".join(f"c{i}=" for i in range(1_200))
    refusee = porte.post("/verifier/", nombreux, content_type="application/x-www-form-urlencoded")
    assert refusee.status_code == 413


def test_an_error_is_said_in_the_language_of_the_page(porte: Client) -> None:
    lue = lire(porte, "/pt/verifier/?reference=abc")
    assert "Recopie" not in lue
    assert "Copie os 12 sinais" in lue
    assert "Cette ville n’est pas connue" in lire(porte, "/guichets/?commune=nullepart")
    assert "Таке місто невідоме" in lire(porte, "/uk/guichets/?commune=nullepart")


@pytest.mark.django_db(transaction=True)
def test_its_pages_are_made_with_the_rights_of_its_role_alone(porte: Client) -> None:
    """Every page, an attestation that exists, a town that exists: what a right lacks to would be an error 500."""
    limite.oublier()
    recepisse = f.deposer()
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    reference = emettre_attestation(recepisse.demande_id, acte=acte).reference
    with servie_par_le_portail():
        for page in (
            *PAGES,
            *SANS_LANGUE,
            "/ar/guichets/?commune=99000",
            "/guichets/?commune=aurette la ville",
        ):
            assert porte.get(page).status_code == 200, page
        assert "Cette attestation est " in lire(porte, f"/v/{reference}/")
        with connection.cursor() as curseur:
            curseur.execute("SELECT current_user")
            assert curseur.fetchone() == (role_portail(),)
