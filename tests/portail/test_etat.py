"""« État du service » for households: true without signing in, and late when what they count on is."""

from datetime import timedelta

import pytest
from django.test import Client

ADRESSE = "/etat-du-service/"


@pytest.mark.django_db
def test_what_is_late_is_said_without_signing_in(porte: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = porte.get(ADRESSE).content.decode()
    assert "Tout est en service." in page
    assert "En retard" not in page
    assert f'href="{ADRESSE}"' in porte.get("/").content.decode()
    monkeypatch.setattr("sne.portail.views.etat.get_attente", lambda **_: timedelta(hours=3))
    page = porte.get(ADRESSE).content.decode()
    assert "Une partie du service est en retard. Rien de ce que vous avez envoyé n’est perdu." in page
    assert page.count("En retard") == 1
    assert "Tout est en service." not in page
