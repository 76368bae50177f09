"""The address of the person behind trusted proxies: what they appended is believed, what the client wrote is not."""

from typing import Any

import pytest
from django.test import RequestFactory

from sne.socle.requete import adresse_du_client


@pytest.mark.parametrize(
    ("proxys", "transmis", "directe", "attendue"),
    [
        (0, "", "192.0.2.1", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.2", ""),
        (1, "", "10.0.0.2", ""),
        (1, "<script>", "10.0.0.2", ""),
        (1, " 2001:db8::7 ", "10.0.0.2", "2001:db8::7"),
        (0, "", "", ""),
    ],
)
def test_adresse_du_client(settings: Any, proxys: int, transmis: str, directe: str, attendue: str) -> None:
    settings.PROXYS = proxys
    entetes = {"x-forwarded-for": transmis} if transmis else {}
    requete = RequestFactory().get("/", headers=entetes, REMOTE_ADDR=directe)
    assert adresse_du_client(requete) == attendue
