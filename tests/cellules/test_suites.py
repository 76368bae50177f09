"""What goes on once a page is made, or by night, with several cells: read where it is, forgotten everywhere."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from config.settings.base import base_de_donnees
from sne.api.middleware import AppelMiddleware
from sne.cellules import middleware
from sne.cellules.middleware import CelluleMiddleware
from sne.cellules.routage import ANNUAIRE, alias, dans, du_territoire, ici
from sne.conventions import tasks as conventions
from sne.portail import cellule as portail
from sne.registre.depot_en_ligne.actions import effacer
from tests.registre import factories as f

URL = "postgresql://sne:secret@/sne?host=/run/postgresql"
NORD = "nord"
Servir = Callable[[Any], Any]


@pytest.fixture
def nord(monkeypatch: pytest.MonkeyPatch, settings: Any) -> str:
    """A second cell, that nothing here connects to."""
    settings.CELLULES = {NORD: URL}
    reglages = {**connections.settings[DEFAULT_DB_ALIAS], **base_de_donnees(URL)}
    monkeypatch.setitem(connections.settings, alias(NORD), reglages)
    return NORD


def au_guichet(servir: Servir) -> Servir:
    return CelluleMiddleware(servir)


def du_menage(servir: Servir) -> Servir:
    return portail.CelluleDuMenageMiddleware(servir)


def d_un_editeur(servir: Servir) -> Servir:
    def ouvrir(request: Any) -> Any:
        request.pile.enter_context(dans(NORD))  # as its key does
        return servir(request)

    return AppelMiddleware(ouvrir)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("porte", [au_guichet, du_menage, d_un_editeur])
def test_lines_of_a_file_are_read_in_its_cell_while_it_leaves(
    nord: str, porte: Callable[[Servir], Servir], monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    monkeypatch.setattr(middleware, "du_territoire", lambda _: nord)
    monkeypatch.setattr(portail, "cellule_de_la_page", lambda _: nord)
    lues: list[str] = []

    def lignes() -> Iterator[bytes]:
        for _ in range(2):
            lues.append(ici())
            yield b"ligne"

    request: Any = rf.get("/api/v1/imports/" if porte is d_un_editeur else "/demandes/075112600000100123/")
    request.acteur = f.creer_acteur()
    reponse = porte(lambda _: StreamingHttpResponse(lignes()))(request)
    assert lues == []
    for partie in reponse:
        assert (partie, ici()) == (b"ligne", ANNUAIRE), "between two lines, the thread is of no cell"
    assert lues == [nord, nord]
    assert porte(lambda _: HttpResponse(b"entier"))(request).content == b"entier"


@pytest.mark.django_db
def test_number_is_read_as_it_was_typed(nord: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.cellules.routage.cellule_de", lambda territoire: territoire)
    assert {du_territoire(n) for n in ("02A1126000001", " 0 2a1126000001", "02a")} == {"02A"}


@pytest.mark.django_db
def test_each_cell_forgets_the_answers_that_it_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    courante, faites = [ANNUAIRE], list[str]()
    monkeypatch.setattr(conventions, "cellules", lambda: (ANNUAIRE, NORD))
    monkeypatch.setattr(conventions, "dans", lambda cellule: nullcontext(courante.append(cellule)))
    monkeypatch.setattr(conventions.actions, "purger_reponses", lambda _: faites.append(courante[-1]))
    conventions.passer_la_nuit(0)
    assert faites == [ANNUAIRE, NORD]


@pytest.mark.django_db
def test_who_began_something_in_another_cell_keeps_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ailleurs, nulle_part = uuid.uuid4(), uuid.uuid4()
    oublies: list[uuid.UUID] = []
    monkeypatch.setattr(effacer, "list_comptes_par_courriel", lambda **_: [ailleurs, nulle_part])
    monkeypatch.setattr(effacer, "lister_partout", lambda lire: (*lire(), ailleurs))
    monkeypatch.setattr(effacer, "oublier_courriels", lambda comptes: oublies.extend(comptes) or len(comptes))
    assert effacer.oublier_les_departs(survenu_le=f.MAINTENANT) == 1
    assert oublies == [nulle_part]
