"""Which cell serves a page of the portal: what its address names, looked for where it says no territory."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from sne.flux.selectors.abonnements import has_abonnement
from sne.portail import cellule, middleware
from sne.portail.cellule import CelluleDuMenageMiddleware, cellule_de_la_page
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import deposer

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


@pytest.mark.django_db
def test_a_household_reads_what_can_be_read_while_a_cell_is_away(
    porte: Client,
    fc: Fournisseur,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    demande = deposer()
    se_connecter(porte, fc, ELODIE)
    entieres, decisions = middleware.list_joignables, list[str]()
    monkeypatch.setattr(
        middleware, "list_joignables", lambda session, le: (entieres(session, le=le)[0], ("nord",))
    )
    monkeypatch.setattr(middleware, "list_visites", lambda *_, **__: decisions.append("toutes") or ())
    espace = porte.get("/ma-demande/").content.decode()
    assert "Une partie de vos demandes ne peut pas être affichée" in espace
    assert "Votre demande est enregistrée et active" in espace
    assert porte.get(f"/ma-demande/{demande.nud}/documents/").status_code == 200
    assert decisions == [], "nothing is decided of all of them"
    porte.get("/mon-compte/fermer/")
    assert decisions == ["toutes"]
    monkeypatch.setattr(middleware, "list_joignables", lambda *_, **__: ((), ("nord",)))
    vide = porte.get("/ma-demande/").content.decode()
    assert "Avez-vous un numéro" not in vide
    assert "Faire une demande" not in vide, "they may have one over there"
