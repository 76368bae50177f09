"""What tests leave out of a page before they look for a short number: what is drawn, and nothing that was typed."""

import secrets
import uuid

import pytest

from sne.socle.identifiants import uuid7
from tests.tirages import sans_tirages


@pytest.mark.parametrize(
    "texte", ["dubreuil-elodie-1987-03-14", "avis-de-situation-185045999912303", "29203"]
)
def test_what_somebody_typed_stays(texte: str) -> None:
    assert sans_tirages(f'href="/x/{texte}/"') == f'href="/x/{texte}/"'


def test_what_is_drawn_goes() -> None:
    for tirage in (uuid.uuid4(), uuid7(), secrets.token_urlsafe(64), secrets.token_hex(32)):
        assert sans_tirages(f"/x/{tirage}/") == "/x/…/"
