"""Which cell answers: the directory alone where there is one, never two in one act."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpResponse
from django.test import RequestFactory

from config.settings.base import base_de_donnees
from config.valeurs import cellules_par_nom
from sne.cellules import middleware, routage
from sne.cellules.middleware import CelluleMiddleware
from sne.cellules.models import Place
from sne.cellules.routage import (
    ANNUAIRE,
    a_l_annuaire,
    alias,
    cellule_de,
    cellule_ou,
    cellules,
    d_ici,
    dans,
    ici,
    lister_partout,
    partout,
    premiere,
)
from sne.socle import replique
from tests.registre import factories as f

URL = "postgresql://sne:secret@/sne?host=/run/postgresql"


@pytest.fixture
def nord(monkeypatch: pytest.MonkeyPatch, settings: Any, db: None) -> str:
    """A second cell, that nothing here connects to."""
    settings.CELLULES = {"nord": URL}
    reglages = {**connections.settings[DEFAULT_DB_ALIAS], **base_de_donnees(URL)}
    monkeypatch.setitem(connections.settings, alias("nord"), reglages)
    return "nord"


def test_one_cell_costs_nothing(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        assert cellule_de("099") == ANNUAIRE
    assert partout(lambda: 1) == {ANNUAIRE: 1}
    assert premiere(lambda: None) is None
    assert d_ici({"069": 1, "075": 2}) == ("069", "075")
    assert cellule_ou(lambda: 1 / 0 > 0) == ANNUAIRE
    with pytest.raises(MiddlewareNotUsed):
        CelluleMiddleware(lambda _: HttpResponse())


def test_a_territory_is_of_one_cell_even_closed_or_just_gone(nord: str, en_owner: None) -> None:
    Place.objects.create(territoire="069", cellule=ANNUAIRE, de=ANNUAIRE, vers=nord, ferme_le=f.MAINTENANT)
    assert d_ici(["069", "075"]) == ("075",), "what is done by night waits"
    assert d_ici(["069", "075"], fermes=True) == ("069", "075")
    Place.objects.update(cellule=nord)
    assert d_ici(["069", "075"], fermes=True) == ("075",), "its rows are still here"


def test_worker_of_another_cell_has_the_directory_beside_it(
    nord: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELLULE, settings.CELLULES = "nord", {ANNUAIRE: URL}
    monkeypatch.setitem(connections.settings, "cellule_annuaire", connections.settings[alias("nord")])
    assert (cellules(), ici(), alias(ANNUAIRE)) == ((ANNUAIRE, "nord"), "nord", "cellule_annuaire")
    with a_l_annuaire():
        assert ici() == ANNUAIRE


def test_an_act_is_of_one_cell(nord: str) -> None:
    assert cellules() == (ANNUAIRE, nord)
    with dans(ANNUAIRE), pytest.raises(RuntimeError, match="one cell"), dans(nord):
        pass


@pytest.mark.django_db(transaction=True)
def test_the_default_connection_is_that_of_the_cell_meanwhile(
    nord: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    annuaire = connections[DEFAULT_DB_ALIAS]
    monkeypatch.setattr(replique, "existe", lambda: True)
    monkeypatch.setattr(replique, "_a_jour", lambda *_: True)
    with dans(nord):
        assert connections[DEFAULT_DB_ALIAS].alias == "cellule_nord"
        with replique.lectures() as ailleurs, replique.lectures_en_nombre():
            assert not ailleurs, "the replica is of the first cell: nothing is asked of it"
        jeton = replique._ou.set(replique.LECTURE)  # by a page of the nation, that reads each cell
        assert replique.base() == replique.ECRITURE
        with dans(ANNUAIRE):
            assert replique.base() == replique.LECTURE
        replique._ou.reset(jeton)
        with dans(ANNUAIRE):
            assert connections[DEFAULT_DB_ALIAS] is annuaire
        assert connections[DEFAULT_DB_ALIAS].alias == "cellule_nord"
    assert connections[DEFAULT_DB_ALIAS] is annuaire


@pytest.mark.parametrize(
    ("adresse", "attendue"),
    [
        ("/demandes/075112600000100123/", "cellule de 075"),  # of its number
        ("/listes/echeance/", "cellule de 099"),  # of the place acted for
        ("/connexion/", ANNUAIRE),
        ("/nulle-part/", ANNUAIRE),
        ("/conventions/", ANNUAIRE),
        ("/infocentre/", ANNUAIRE),
        ("/parametres/", ANNUAIRE),
    ],
)
def test_pages_of_a_demande_are_served_from_its_cell(
    nord: str, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory, adresse: str, attendue: str
) -> None:
    for module in (middleware, routage):
        monkeypatch.setattr(module, "cellule_de", lambda territoire: f"cellule de {territoire}")
    servies: list[str] = []
    monkeypatch.setattr(middleware, "dans", lambda cellule: nullcontext(servies.append(cellule)))
    servir = CelluleMiddleware(lambda _: HttpResponse())
    for acteur in (None, f.creer_acteur()):
        request: Any = rf.get(adresse)
        request.acteur = acteur
        servir(request)
    assert servies == [ANNUAIRE, attendue]


def test_cells_are_named_once_and_their_addresses_read() -> None:
    assert cellules_par_nom(f"nord={URL}  sud={URL}") == {"nord": URL, "sud": URL}
    assert cellules_par_nom(f"annuaire={URL}") == {"annuaire": URL}, "the others of a worker of the north"
    assert cellules_par_nom("") == {}
    for fausse in (f"nord={URL} nord={URL}", "nord=mysql://x", f"Nord={URL}", "nord"):
        with pytest.raises(ValueError, match="expected"):
            cellules_par_nom(fausse)


@pytest.mark.django_db(transaction=True)
def test_first_that_knows_answers(nord: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lus = iter([None, "trouvée"])
    assert premiere(lambda: next(lus)) == "trouvée"
    suivis = iter([[1, 2], [3]])
    assert lister_partout(lambda: next(suivis)) == (1, 2, 3)
    assert cellule_ou(lambda: ici() == "nord") == "nord"
    assert cellule_ou(lambda: False) == ANNUAIRE
    assert partout(lambda: connections[DEFAULT_DB_ALIAS].alias) == {
        ANNUAIRE: "default",
        "nord": "cellule_nord",
    }
