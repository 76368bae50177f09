"""Sentences of refusal, limits and words of the watermark."""

from datetime import UTC, datetime

import pytest

from sne.documents.rules import Filigrane
from sne.documents.rules.filigrane import phrase_du_filigrane
from sne.documents.rules.phrases import PHRASES, refus
from tests.documents.limites import BORNES


@pytest.mark.parametrize("code", PHRASES)
def test_each_refusal_is_a_sentence_that_says_the_remedy(code: str) -> None:
    exc = refus(code, pages=100, millions=64, cote=30_000)
    assert (exc.code, exc.champ) == (code, "fichier")
    assert exc.phrase[0].isupper()
    assert exc.phrase.endswith(".")
    assert "{" not in exc.phrase
    assert any(
        remede in exc.phrase.lower()
        for remede in ("déposez", "réessayez", "imprimez", "photographiez", "vérifiez", "choisissez")
    )


def test_number_of_pages_is_said() -> None:
    assert refus("TROP_DE_PAGES", pages=100).phrase.startswith("Ce PDF compte plus de 100 pages.")


def test_limits_of_a_picture_are_said() -> None:
    phrase = refus("TROP_DE_PIXELS", millions=64, cote=30_000).phrase
    assert phrase.startswith(
        "Cette image est trop grande\u00a0: 64 millions de pixels et 30000 pixels de côté au plus. "
    )


def test_unknown_code_or_one_without_its_number_is_unreadable() -> None:
    assert refus("INVENTE").code == refus("TROP_DE_PAGES").code == "ILLISIBLE"


def test_watermark_says_who_when_why_in_paris_time() -> None:
    instant = datetime(2026, 11, 25, 18, 5, tzinfo=UTC)
    filigrane = Filigrane("Zoé  DÛRAND\n(guichet 12)", instant, "instruction", BORNES)
    assert phrase_du_filigrane(filigrane) == ("Zoé DÛRAND (guichet 12) · 25/11/2026 à 19 h 05 · instruction")
    assert phrase_du_filigrane(Filigrane("x", instant, "", BORNES)).count("·") == 1
    assert len(phrase_du_filigrane(Filigrane("x" * 500, instant, "y", BORNES))) == 160


def test_bounds_are_numbers() -> None:
    assert all(isinstance(v, bool) or v > 0 for v in BORNES.en_dict().values())
