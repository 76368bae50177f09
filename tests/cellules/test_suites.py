"""What goes on once a page is made, or by night, with several cells: read where it is, forgotten everywhere."""

import inspect
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    DataError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from config.settings.base import base_de_donnees
from sne.api.middleware import AppelMiddleware
from sne.cellules import middleware, routage
from sne.cellules.middleware import CelluleMiddleware
from sne.cellules.models import Place
from sne.cellules.routage import (
    ANNUAIRE,
    TerritoireFerme,
    a_part,
    alias,
    dans,
    du_territoire,
    exiger_ouvert,
    ici,
    joindre,
    lister_joignables,
    premiere,
)
from sne.espace_pro import campagnes
from sne.espace_pro.assistance import cadre, ticket
from sne.habilitations.rules import Role
from sne.notifications.actions import retour
from sne.notifications.rules import Issue, Resultat
from sne.portail import cellule as portail
from sne.portail.assistance import annoncer
from sne.registre.depot_en_ligne.actions import effacer
from sne.registre.doublons import tasks as doublons
from sne.registre.doublons.actions import autres_cellules, balayer
from sne.registre.doublons.selectors.anciens_ailleurs import list_enquetes_ailleurs
from sne.registre.ressources import tasks as ressources
from sne.registre.vie import tasks as horloge
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.sensibilisation import actions as sensibilisation
from sne.socle.acte import Acte
from sne.socle.connexions import FERMEE, est_fermee
from tests.registre import factories as f
from tests.registre.doublons.anciens import nuit

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
def test_who_began_something_in_another_cell_keeps_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ailleurs, nulle_part = uuid.uuid4(), uuid.uuid4()
    oublies: list[uuid.UUID] = []
    monkeypatch.setattr(effacer, "list_comptes_par_courriel", lambda **_: [ailleurs, nulle_part])
    monkeypatch.setattr(effacer, "lister_partout", lambda lire: (*lire(), ailleurs))
    monkeypatch.setattr(effacer, "oublier_courriels", lambda comptes: oublies.extend(comptes) or len(comptes))
    assert effacer.oublier_les_departs(survenu_le=f.MAINTENANT) == 1
    assert oublies == [nulle_part]


@pytest.mark.django_db
def test_what_comes_back_of_a_message_is_noted_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    ou: list[str] = []
    monkeypatch.setattr(retour, "cellule_ou", lambda est_la: ANNUAIRE if est_la() else NORD)
    monkeypatch.setattr(retour, "dans", lambda cellule: nullcontext(ou.append(cellule)))
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    assert retour.noter_retour(uuid.uuid4(), Resultat(Issue.DELIVRE), source="s", acte=acte) is None
    assert ou == [NORD]


@pytest.mark.django_db
def test_the_desk_writes_to_a_household_from_the_cell_of_its_demande(monkeypatch: pytest.MonkeyPatch) -> None:
    ou: list[str] = []
    pose, entree = SimpleNamespace(territoire="069"), SimpleNamespace(faits={}, acteur={"id": ""})
    monkeypatch.setattr(annoncer, "list_entrees_de", lambda _: (entree,))
    monkeypatch.setattr(annoncer, "get_question_a_annoncer", lambda _, par: pose)
    monkeypatch.setattr(annoncer, "cellule_de", lambda territoire: f"cellule de {territoire}")
    monkeypatch.setattr(annoncer, "dans", lambda cellule: nullcontext(ou.append(cellule)))
    monkeypatch.setattr(annoncer, "_annoncer", lambda *_, **__: len(ou))
    assert annoncer.annoncer_reponse(uuid.uuid4(), acte=Acte(f.creer_acteur(), f.MAINTENANT)) == 1
    assert ou == ["cellule de 069"]


@pytest.mark.django_db
def test_the_desk_opens_a_demande_where_it_is(monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> None:
    nud, ou = "069112600000100123", list[str]()
    monkeypatch.setattr(cadre, "lister_partout", lambda lire: (*lire(), nud))
    assert cadre.dossiers_lisibles(f.creer_acteur(), nud) == {nud}
    monkeypatch.setattr(ticket, "du_territoire", lambda numero: f"cellule de {numero}")
    monkeypatch.setattr(ticket, "dans", lambda cellule: nullcontext(ou.append(cellule)))
    monkeypatch.setattr(ticket, "get_ticket", lambda *_: SimpleNamespace(nuds=[nud]))
    monkeypatch.setattr(ticket, "_ouvrables", lambda *_: {nud})
    monkeypatch.setattr(ticket, "consulter_pour_repondre", lambda *_, **__: list(ou))
    monkeypatch.setattr(ticket, "montrer", lambda _, __, contexte: contexte["fiche"])
    request: Any = rf.post("/")
    request.acteur = f.creer_acteur()
    assert inspect.unwrap(ticket.dossier)(request, "A-1", nud) == [f"cellule de {nud}"]


@pytest.mark.django_db
def test_a_campaign_read_in_another_cell_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    lus: list[object] = []
    monkeypatch.setattr(sensibilisation, "lister_partout", lambda lire: (*lire(), ("sante", "069", "G0691")))
    monkeypatch.setattr(sensibilisation, "_rappeler", lambda dits, **_: lus.append(dits) or 0)
    sensibilisation.rappeler_les_campagnes(acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert lus == [{("sante", "069", "G0691")}]


@pytest.mark.django_db
def test_what_a_counter_says_of_a_campaign_is_kept_with_its_territory(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    dites, acteur = [ANNUAIRE], f.creer_acteur()
    monkeypatch.setattr(campagnes, "cellule_de", lambda territoire: f"cellule de {territoire}")
    monkeypatch.setattr(campagnes, "dans", lambda cellule: nullcontext(dites.append(cellule)))
    monkeypatch.setattr(campagnes, "_page", lambda *_: SimpleNamespace(adresse="/pro/sante/"))
    monkeypatch.setattr(campagnes, "accuser_campagne", lambda *_, **__: dites.append("dit"))
    monkeypatch.setattr(campagnes.messages, "success", lambda *_: None)
    monkeypatch.setattr(campagnes, "_couverture", lambda *_: dites[-1])
    monkeypatch.setattr(campagnes, "render", lambda *lus: lus[-1])
    request: Any = rf.post("/", {"genre": "LU"})
    request.acteur = acteur
    assert inspect.unwrap(campagnes.accuser)(request, "sante").status_code == 302
    assert inspect.unwrap(campagnes.couverture)(request, "sante") == "cellule de 099"
    assert dites == [ANNUAIRE, "cellule de 099", "dit", "cellule de 099"]


@pytest.mark.django_db
def test_nights_are_those_of_the_territories_that_are_here_and_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock, the sweep for duplicates, the resources."""
    passes = list[tuple[Any, str]]()
    for module, par_territoire in (
        (horloge, ("guetter_pieces", "expirer_identites")),
        (doublons, ("balayer",)),
        (ressources, ("oublier", "_passer")),
    ):
        monkeypatch.setattr(module, "d_ici", lambda _: ("02A",))
        for nom in par_territoire:
            monkeypatch.setattr(module, nom, lambda code, *_, nom=nom, **__: passes.append((nom, code)) or 0)
    monkeypatch.setattr(horloge, "passer", lambda etape, code, **_: passes.append((etape, code)) or 0)
    for nom in (
        "verser_statistiques",
        "effacer_les_messages_anciens",
        "effacer_les_fichiers",
        "effacer_objets",
    ):
        monkeypatch.setattr(horloge, nom, lambda *_, **__: None)
    monkeypatch.setattr(ressources, "est_allume", lambda *_, **__: True)
    for nuit_ in (
        horloge.passer_l_horloge,
        doublons.balayer_les_territoires,
        ressources.passer_les_ressources,
    ):
        nuit_(f.MAINTENANT)
    assert {code for _, code in passes} == {"02A"}
    assert {quoi for quoi, _ in passes} >= {*EtapeHorloge, "balayer", "oublier", "_passer"}


def absente(quoi: Any) -> Any:
    """What an answer is worth where the server is away: as the driver says it."""
    if ici() == NORD:
        raise OperationalError("connection failed") from psycopg.OperationalError()
    return quoi


@pytest.mark.django_db(transaction=True)
def test_a_cell_that_is_away_is_left_out_and_not_asked_again_at_once(
    nord: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routage, "_absentes", {})
    demandees: list[str] = []

    def lire() -> list[int]:
        demandees.append(ici())
        return [absente(1)]

    for _ in range(2):
        assert lister_joignables(lire) == ((1,), (nord,))
    assert demandees == [ANNUAIRE, nord, ANNUAIRE]
    with transaction.atomic():
        assert joindre(nord, lire, par=a_part) is None, "in the midst of an act"
        assert joindre(ANNUAIRE, lire, par=a_part) == [1]
    with dans(nord), pytest.raises(OperationalError):
        lister_joignables(lire)
    assert demandees[-1] == nord, "that of the page has to answer"
    monkeypatch.setattr(routage, "cellules", lambda: (nord, ANNUAIRE))
    assert premiere(lambda: absente("trouvée")) == "trouvée"
    with pytest.raises(OperationalError):
        premiere(lambda: absente(None))


@pytest.mark.django_db
def test_a_cell_is_asked_before_something_is_spent_for_it(
    nord: str, monkeypatch: pytest.MonkeyPatch, settings: Any, en_owner: None
) -> None:
    demandees: list[str] = []
    monkeypatch.setattr(routage, "a_part", lambda cellule: nullcontext(demandees.append(cellule)))
    Place.objects.create(territoire="069", cellule=ANNUAIRE, de=ANNUAIRE, vers=nord, ferme_le=f.MAINTENANT)
    with pytest.raises(TerritoireFerme) as ferme:
        exiger_ouvert("069")
    assert est_fermee(ferme.value)
    assert demandees == [ANNUAIRE]
    Place.objects.update(cellule=nord)
    exiger_ouvert("069")
    exiger_ouvert("075")
    assert demandees[1:] == [ANNUAIRE, nord, ANNUAIRE, ANNUAIRE], "it is open where it went; it never left"
    settings.CELLULES = {}
    with CaptureQueriesContext(connection) as requetes:
        exiger_ouvert("069")
    assert not requetes.captured_queries, "with one cell nothing is asked"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lire", [lister_joignables, premiere])
def test_a_statement_s_own_fault_is_no_absence(nord: str, lire: Callable[[Any], object]) -> None:
    def se_tromper() -> None:
        raise DataError("division by zero")

    with pytest.raises(DataError):
        lire(se_tromper)


class Fermee(psycopg.Error):
    """What a territory on its way to another cell refuses with."""

    sqlstate = FERMEE


@pytest.mark.django_db
@pytest.mark.parametrize("cause", [psycopg.OperationalError(), Fermee(), None])
def test_the_night_of_a_territory_goes_on_while_another_cell_is_away(
    monkeypatch: pytest.MonkeyPatch, cause: psycopg.Error | None
) -> None:
    """Or while a territory closes over there; a fault of the search is no absence."""
    dites: list[str] = []
    f.deposer()
    monkeypatch.setattr(balayer, "plusieurs", lambda: True)
    monkeypatch.setattr(autres_cellules, "cellules", lambda: (ANNUAIRE, NORD))

    def dans_l_absente(_: str) -> Any:
        raise DatabaseError("division by zero") from cause

    monkeypatch.setattr(autres_cellules, "dans", dans_l_absente)
    monkeypatch.setattr(autres_cellules.lignes, "warning", lambda quoi, **_: dites.append(quoi))
    voulu: AbstractContextManager[Any] = (
        nullcontext() if cause else pytest.raises(DatabaseError, match="division")
    )
    with voulu:
        nuit()
    assert dites == (["cellule_absente"] if cause else [])


@pytest.mark.django_db
def test_a_demande_is_read_while_another_cell_is_away(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What that cell would tell of its enquiries is left out."""
    demande = f.deposer().demande_id
    monkeypatch.setattr(routage, "_absentes", {request.getfixturevalue("nord"): float("inf")})
    assert list_enquetes_ailleurs(demande, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)) == ()
