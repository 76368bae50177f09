"""« État du service »: true to anybody, in figures to who has signed in."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from sne.connecteurs.rules.sante import PAS_ENCORE, Sante
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


@pytest.mark.django_db
def test_a_service_that_nobody_asked_yet_is_not_said_to_work(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    neuf = SimpleNamespace(nom="Base adresse nationale", sante=Sante.INCONNU, raison=PAS_ENCORE, depuis=None)
    monkeypatch.setattr("sne.espace_pro.etat.list_services", lambda: [neuf])
    page = client.get(reverse("aide-etat")).content.decode()
    assert f'<strong>Jamais interrogé</strong><br><span class="reg-discret">{PAS_ENCORE}' in page
    assert "Tout est en service" in page
