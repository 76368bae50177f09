"""What was begun under another account: taken by who proves its e-mail, unless something else leads there meanwhile."""

import uuid

import pytest

from sne.registre.depot_en_ligne.actions import reprendre

pytestmark = pytest.mark.django_db


def test_another_way_in_that_came_meanwhile_keeps_what_was_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    prises: list[tuple[uuid.UUID, uuid.UUID]] = []
    monkeypatch.setattr(
        reprendre, "confier_courriels", lambda *_: False
    )  # what led there by e-mail alone does no more
    monkeypatch.setattr(reprendre, "reprendre_commencees", lambda *comptes: prises.append(comptes))
    reprendre.rejoindre(uuid.uuid4(), uuid.uuid4())
    assert prises == []
