"""What the link of a message opens, in the language of its address: as much in each, nothing left in French."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.portail import limite
from sne.socle.langues import LANGUES, en_langue
from tests.portail.test_courriel import adresse as adresse_a_confirmer  # noqa: F401 - a fixture
from tests.portail.test_opposition import poster
from tests.portail.test_partout import blocs, restes_en_francais
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calme")]


@pytest.fixture
def jeton() -> str:
    a.changer(a.deposer().demande_id, a.contenu(a.APRES))
    return a.jeton()


def ici(langue: str, nom: str, **valeurs: Any) -> str:
    return reverse(nom, kwargs={**en_langue(langue), **valeurs})


def pareilles(dites: dict[str, Any]) -> None:
    """The same page in the six languages; what was typed is marked as French in the others."""
    pages = {code: page.content.decode() for code, page in dites.items()}
    for langue in LANGUES:
        assert f'<html lang="{langue.code}" dir="{langue.sens}"' in pages[langue.code]
        assert langue.code == "fr" or not restes_en_francais(pages[langue.code], langue.code)
    assert len({tuple(b for b in blocs(page) if b != "bdi") for page in pages.values()}) == 1


def test_each_page_in_six_languages_up_to_the_receipt(client: Client, jeton: str) -> None:
    lignes = client.get(ici("fr", "historique-du-lien", jeton=jeton)).content.decode()
    entree = re.search(r"historique/([0-9a-f-]{36})/", lignes)
    assert entree is not None
    pages: list[tuple[str, dict[str, Any]]] = [
        ("s-opposer", {"jeton": jeton}),
        ("historique-du-lien", {"jeton": jeton}),
        ("contester", {"jeton": jeton, "entree": entree[1]}),
        ("opposition-rien", {}),
        ("opposition-retiree", {}),
        ("courriel-confirme", {}),
        ("verifier-courriel", {"jeton": "abc"}),
        ("s-opposer", {"jeton": "abc"}),
    ]
    for nom, valeurs in pages:
        limite.oublier()
        pareilles({x.code: client.get(ici(x.code, nom, **valeurs)) for x in LANGUES})
    limite.oublier()
    vides = {
        x.code: poster(client, ici(x.code, "s-opposer", jeton=jeton), codes=[], contact="") for x in LANGUES
    }
    pareilles(vides)
    assert "ضعوا علامة على سطر واحد على الأقل" in vides["ar"].content.decode()
    avis = client.get(ici("ar", "s-opposer", jeton=jeton)).content.decode()
    for autre in LANGUES:
        assert f'href="{ici(autre.code, "s-opposer", jeton=jeton)}"' in avis
    assert f'href="{ici("ar", "opposition-rien")}"' in avis
    assert "Adresse électronique" not in avis
    recue = poster(client, ici("ar", "s-opposer", jeton=jeton)).headers["Location"]
    assert recue.startswith("/ar/pas-moi/recu/")
    limite.oublier()
    pareilles(
        {x.code: client.get(recue.replace("/ar/", "/" if x.code == "fr" else f"/{x.code}/")) for x in LANGUES}
    )
    retrait = a.jeton("OPPOSITION_RECUE")
    pareilles({x.code: client.get(ici(x.code, "retirer-opposition", jeton=retrait)) for x in LANGUES})
    assert (
        client.post(ici("tr", "retirer-opposition", jeton=retrait)).headers["Location"]
        == "/tr/pas-moi/retire/"
    )


def test_an_address_is_confirmed_in_its_language(client: Client, adresse_a_confirmer: str) -> None:  # noqa: F811
    assert "Підтвердити мою адресу" in client.get(f"/uk{adresse_a_confirmer}").content.decode()
    assert client.post(f"/uk{adresse_a_confirmer}").headers["Location"] == "/uk/courriel/confirmee/"
    pareilles({x.code: client.post(f"/{x.code}{adresse_a_confirmer}".replace("/fr/", "/")) for x in LANGUES})


def test_one_slows_down_in_the_language_of_the_page(client: Client) -> None:
    pages = [client.get("/ar/pas-moi/abc/") for _ in range(25)]
    assert (pages[-1].status_code, 'dir="rtl"' in pages[-1].content.decode()) == (429, True)
    assert client.get("/xx/pas-moi/abc/").status_code == 404
