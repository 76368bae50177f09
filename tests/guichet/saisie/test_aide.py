"""Help on the screen: every page of the form has its sentence and its article, in plain and correct French."""

import re

import pytest
from django.test import Client

from sne.saisie.aide import aide_de, aides
from sne.saisie.etapes import DERNIERE
from sne.saisie.forms.pages import PAGES
from tests.guichet import parcours

PONCTUATION = re.compile(r"[^\u00a0][:;!?%»]|«[^\u00a0]")
MOTS_PAR_PHRASE = 32


def test_every_page_has_its_help_and_no_help_is_left_over() -> None:
    assert {*PAGES, DERNIERE, "renouveler"} == set(aides())


@pytest.mark.parametrize("code", aides())
def test_texts_are_short_and_well_spaced(code: str) -> None:
    aide = aides()[code]
    assert re.search(r"\b[LR]44\d-", aide.article)
    for texte in (aide.phrase, aide.texte):
        assert texte.endswith(".")
        assert PONCTUATION.findall(texte) == []
        assert max(len(phrase.split()) for phrase in re.split(r"(?<=[.])\s", texte)) <= MOTS_PAR_PHRASE


def test_page_shows_its_sentence_and_the_article_one_click_away(agent: Client) -> None:
    page = parcours.texte(agent.get(parcours.adresse(parcours.ouvrir(agent), "foyer")))
    aide = aides()["foyer"]
    assert aide.phrase in page
    assert f"<summary>Ce que dit le texte\u00a0: {aide.article}</summary>" in page


def test_page_without_help_shows_none() -> None:
    assert aide_de("ailleurs") is None
