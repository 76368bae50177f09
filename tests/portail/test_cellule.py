"""Which cell serves a page of the portal: what its address names, looked for where it says no territory."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from sne.flux.selectors.abonnements import has_abonnement
from sne.portail import cellule
from sne.portail.cellule import CelluleDuMenageMiddleware, cellule_de_la_page

CLE = uuid.UUID("0192f3f0-0000-7000-8000-000000000001")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("adresse", "attendue"),
    [
        ("/ma-demande/099112600000100123/documents/", "099"),
        ("/nouvelle-demande/075/envoyee/", "075"),
        (f"/fichiers/{CLE}/", "cherchée : False"),
        (f"/aider-un-proche/{CLE}/", "cherchée : False"),
        ("/ma-demande/", "annuaire"),
        ("/nulle-part/", "annuaire"),
    ],
)
def test_page_is_served_from_the_cell_of_what_it_names(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory, adresse: str, attendue: str
) -> None:
    monkeypatch.setitem(cellule.LIEUX, "nud", lambda nud: nud[:3])  # type: ignore[arg-type]
    monkeypatch.setitem(cellule.LIEUX, "territoire", str)  # type: ignore[arg-type]
    monkeypatch.setattr(cellule, "cellule_ou", lambda est_la: f"cherchée : {est_la()}")
    request: Any = rf.get(adresse)
    with override_settings(ROOT_URLCONF="config.urls_portail"):
        request.visiteur = None
        assert cellule_de_la_page(request) == "annuaire"
        request.visiteur = object()
        assert cellule_de_la_page(request) == attendue


def test_one_cell_takes_it_out() -> None:
    with pytest.raises(MiddlewareNotUsed):
        CelluleDuMenageMiddleware(lambda _: HttpResponse())


@pytest.mark.django_db
def test_a_subscription_is_looked_for_by_its_key() -> None:
    assert not has_abonnement(CLE)
