"""« État du service »: true to anybody, in figures to who has signed in."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from tests.habilitations import factories as comptes


@pytest.mark.django_db
def test_what_is_late_is_said_and_to_a_stranger_without_figures(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get(reverse("aide-etat")).content.decode()
    assert "Tout est en service" in page
    assert "Attente" not in page
    monkeypatch.setattr(
        "sne.espace_pro.etat.get_retard", lambda **_: SimpleNamespace(scellement=timedelta(minutes=7))
    )
    comptes.connecter(client, comptes.creer_agent())
    page = client.get(reverse("aide-etat")).content.decode()
    assert "Une partie du service est perturbée" in page
    assert "7\u00a0min" in page
