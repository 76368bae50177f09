"""Every role × every place: what of it is read, and nothing of any other."""

import contextlib
import uuid
from collections.abc import Callable
from itertools import product

import pytest

from sne.habilitations.rules import ROLES, Etendue, Permission, Role, mandat
from sne.infocentre.rapports import donnees, policies, possible
from sne.infocentre.rapports.rules.lieux import NATION, Lieu, NatureLieu, Portee, lieux, lire_lieu, portee
from sne.referentiels.rules.decoupage import Decoupage, DepartementChoix
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import Introuvable, NonHabilite
from tests.infocentre.rapports.exemples import fiche

DECOUPAGE = Decoupage(
    regions={"11": "Île-de-France", "84": "Auvergne-Rhône-Alpes", "988": "Nouvelle-Calédonie"},
    departements={
        d.code: d
        for d in (
            DepartementChoix("01", "Ain", "84", "001"),
            DepartementChoix("69", "Rhône", "84", "069"),
            DepartementChoix("75", "Paris", "11", "111"),
            DepartementChoix("95", "Val-d’Oise", "11", "111"),
            DepartementChoix("988", "Nouvelle-Calédonie", "988", ""),
        )
    },
)
T, D, R = NatureLieu.TERRITOIRE, NatureLieu.DEPARTEMENT, NatureLieu.REGION
AIN, RHONE, IDF = Lieu(T, "001"), Lieu(T, "069"), Lieu(T, "111")
LIEUX = (
    NATION,
    Lieu(R, "11"),
    Lieu(R, "84"),
    Lieu(R, "988"),
    Lieu(D, "01"),
    Lieu(D, "75"),
    Lieu(D, "95"),
    Lieu(D, "988"),
    AIN,
    RHONE,
    IDF,
    Lieu(T, "999"),
)
PERIMETRES = {
    Etendue.GUICHET: [Perimetre("111", "G1111")],
    Etendue.TERRITOIRE: [Perimetre("069")],
    Etendue.DEPARTEMENT: [Perimetre("111", departement="75")],
    Etendue.REGION: [Perimetre("001"), Perimetre("069")],
    Etendue.NATION: [Perimetre()],
}
LUS = {
    Etendue.GUICHET: {IDF},
    Etendue.TERRITOIRE: {RHONE},
    Etendue.DEPARTEMENT: {Lieu(D, "75")},
    Etendue.REGION: {Lieu(R, "84"), Lieu(D, "01"), AIN, RHONE},
    Etendue.NATION: {lieu for lieu in LIEUX if lieu.code not in ("988", "999")},
}


def mandats(role: Role) -> list[Mandat]:
    """Those by which reports are read."""
    return [m for m in tenus(role) if Permission.RAPPORT_LIRE in m.permissions]


def tenus(role: Role) -> list[Mandat]:
    """The role held in one place of its kind, by somebody of the body 200000001."""
    return [
        mandat(role, p, organisme="200000001" if p.guichet else "") for p in PERIMETRES[ROLES[role].etendue]
    ]


@pytest.mark.parametrize(("role", "lieu"), list(product(Role, LIEUX)), ids=str)
def test_role_by_place(role: Role, lieu: Lieu) -> None:
    attendu = Permission.RAPPORT_LIRE in ROLES[role].permissions and lieu in LUS[ROLES[role].etendue]
    assert (portee(mandats(role), lieu, DECOUPAGE) is not None) is attendu


RAPPORTS = tuple(r["code"] for r in donnees.lire_catalogue()["rapports"])


def ouvre(exiger: Callable[..., object], *args: object) -> bool:
    with contextlib.suppress(Introuvable, NonHabilite):
        exiger(*args)
        return True
    return False


@pytest.mark.parametrize(("rapport", "role"), list(product(RAPPORTS, Role)), ids=str)
def test_report_by_role_by_place(rapport: str, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read, taken away, its demandes opened: what the role holds, of its own places alone, by what every page asks."""
    monkeypatch.setattr(policies, "get_decoupage", lambda: DECOUPAGE)
    acteur = Acteur(uuid.uuid4(), "", Canal.GUICHET, tuple(tenus(role)))
    droits = ROLES[role].permissions
    lu = Permission.RAPPORT_LIRE in droits and not (
        rapport == "R14" and role in (Role.ASSOCIATION_HLM, Role.UNION_HLM)
    )
    assert ouvre(possible.exiger_rapport, acteur, rapport) is lu
    for lieu in LIEUX:
        sien = Permission.RAPPORT_LIRE in droits and lieu in LUS[ROLES[role].etendue]
        assert ouvre(possible.exiger_lire, acteur, lieu) is sien
        assert ouvre(possible.exiger_emporter, acteur, lieu) is (
            sien and Permission.RAPPORT_EXPORTER in droits
        )
        assert ouvre(possible.exiger_ouvrir, acteur, lieu, frozenset()) is (
            sien and Permission.RAPPORT_DETAIL in droits
        )


@pytest.mark.parametrize("role", list(Role))
def test_the_places_that_are_offered_are_those_that_open(role: Role) -> None:
    proposes = lieux(mandats(role), DECOUPAGE)
    assert len(set(proposes)) == len(proposes)
    assert all(portee(mandats(role), lieu, DECOUPAGE) is not None for lieu in proposes)
    # A département alone in its territory is offered as the territory, unless somebody holds it.
    lus = {lieu for lieu in LIEUX if portee(mandats(role), lieu, DECOUPAGE) is not None}
    assert lus - set(proposes) <= {Lieu(D, "01")}


def test_nobody_reads_by_a_personal_perimeter() -> None:
    soi = Mandat("DEMANDEUR", frozenset({"RAPPORT_LIRE"}), Perimetre("111", demande=uuid.uuid4()))
    assert portee([soi], IDF, DECOUPAGE) is None
    assert lieux([soi], DECOUPAGE) == ()


def test_a_manager_reads_the_counters_of_their_body_alone() -> None:
    lue = portee(mandats(Role.RESPONSABLE_GUICHET), IDF, DECOUPAGE)
    assert lue == Portee(IDF, ("111",), organismes=frozenset({"200000001"}))
    assert lue.partielle
    assert lue.retient(fiche("111", "G1111", organisme="200000001"))
    assert lue.retient(fiche("111", "G2222", organisme="200000001"))
    assert not lue.retient(fiche("111", "G3333", organisme="300000001"))
    assert not lue.retient(fiche("069", "G1111", organisme="200000001"))


def test_a_departement_of_ile_de_france_is_its_counters() -> None:
    lue = portee(mandats(Role.COORDINATION_DEPARTEMENTALE), Lieu(D, "75"), DECOUPAGE)
    assert lue == Portee(Lieu(D, "75"), ("111",), "75")
    assert lue.partielle
    assert lue.retient(fiche("111", "G1111", commune="75056"))
    assert not lue.retient(fiche("111", "G1112", commune="95500"))
    assert not lue.retient(fiche("111", "GDPUB", commune=""))


def test_a_departement_alone_in_its_territory_is_that_territory() -> None:
    seul = mandat(Role.COORDINATION_DEPARTEMENTALE, Perimetre("001", departement="01"))
    lue = portee([seul], Lieu(D, "01"), DECOUPAGE)
    assert lue == Portee(Lieu(D, "01"), ("001",))
    assert not lue.partielle
    assert lue.retient(fiche("001", "GDPUB", commune=""))
    assert Lieu(D, "01") in lieux([seul], DECOUPAGE)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("territoire-099", Lieu(T, "099")),
        ("departement-2A", Lieu(D, "2A")),
        ("nation", NATION),
        ("nation-1", None),
        ("territoire-", None),
        ("territoire", None),
        ("guichet-G0991", None),
        ("", None),
    ],
)
def test_a_place_in_an_address(texte: str, attendu: Lieu | None) -> None:
    assert lire_lieu(texte) == attendu
    assert attendu is None or attendu.cle == texte
