"""How a territory is called on the screens of the desk and of the spaces."""

import pytest

from sne.espace_pro.templatetags.lieux import nom_du_territoire

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "dit"), [("099", "Val-d’Aurette"), ("", "National"), ("ZZZ", "ZZZ")])
def test_a_territory_in_words(code: str, dit: str) -> None:
    assert nom_du_territoire(code) == dit
