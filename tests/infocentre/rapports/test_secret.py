"""Small counts by a trait of households, hidden from who sees no demande: alone, together, and between places."""

import io
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from sne.habilitations.rules import ROLES, Permission, Role
from sne.infocentre.abonnements.rules.places import Place, portee_de
from sne.infocentre.abonnements.selectors.rapports import est_devoilee, filtres_de
from sne.infocentre.fichiers import Format, ecrire
from sne.infocentre.lac.models import Agregat
from sne.infocentre.rapports.rules.formules import Operation
from sne.infocentre.rapports.rules.grains import TRAITS, Grain
from sne.infocentre.rapports.rules.lieux import NATION, Lieu, NatureLieu, Portee, portee
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.rules.secret import Secret, masque
from sne.infocentre.rapports.selectors.tableau import Demandee, assembler
from sne.infocentre.rapports.selectors.versions import get_rapport
from sne.infocentre.rapports.tableau import EtatCellule
from sne.referentiels.selectors.decoupage import get_decoupage
from tests.infocentre.rapports.test_formules import SANS_PIECE
from tests.infocentre.rapports.test_lieux import DECOUPAGE, LIEUX, mandats
from tests.registre import factories as f

SECRET = Secret(seuil=11, etendue=11)
OUVERTES = replace(SANS_PIECE, operation=Operation.COMPTE, numerateur=("STOCK",), denominateur=())
MUTEES = replace(SANS_PIECE, numerateur=("STOCK_MUTATIONS",), denominateur=("STOCK",))
ANCIENNETE = replace(
    SANS_PIECE, operation=Operation.MEDIANE, numerateur=("ANCIENNETE_MOIS",), denominateur=()
)
REGIONS = {"001": "84", "069": "84", "111": "11"}


def caches(lignes: dict[str, dict[str, int]], **autres: dict[str, dict[str, int]]) -> set[tuple[str, str]]:
    """What is hidden of the lines of the Ain, or of those of several territories together (« t069 »)."""
    par = {"001": lignes, **{code.removeprefix("t"): lues for code, lues in autres.items()}}
    lus = masque(par, (OUVERTES, MUTEES, ANCIENNETE), SECRET, region_de=REGIONS.__getitem__)
    return {
        (ligne, terme)
        for ligne, terme in lus
        if terme != "STOCK_MUTATIONS" or "STOCK_MUTATIONS" in lignes["a"]
    }


def stock(**valeurs: int) -> dict[str, dict[str, int]]:
    return {ligne: {"STOCK": n} for ligne, n in valeurs.items()}


@pytest.mark.parametrize(
    ("lignes", "attendu"),
    [
        (stock(a=11, b=40, c=0), set()),
        (stock(a=3, b=40, c=50), {"a", "b"}),  # alone, the total would give it
        (stock(a=6, b=6, c=50), {"a", "b", "c"}),  # two worth twelve: each between 2 and 10
        (stock(a=10, b=10, c=50), {"a", "b"}),
        (stock(a=3), {"a"}),
        ({"a": {"ANCIENNETE_MOIS=4": 6, "ANCIENNETE_MOIS=9": 3}, "b": {"ANCIENNETE_MOIS=4": 30}}, {"a", "b"}),
        ({"a": {"STOCK": 40, "STOCK_MUTATIONS": 35}, "b": {"STOCK": 90, "STOCK_MUTATIONS": 45}}, {"a", "b"}),
    ],
)
def test_a_column(lignes: dict[str, dict[str, int]], attendu: set[str]) -> None:
    assert {ligne for ligne, _ in caches(lignes)} == attendu


def test_what_a_region_or_the_nation_would_give_away() -> None:
    petit, grand = stock(a=12, b=3, c=40), stock(a=30, b=30, c=30)
    assert caches(petit) == {("b", "STOCK"), ("a", "STOCK")}
    assert caches(petit, t069=grand) == {("b", "STOCK"), ("a", "STOCK")}, "the other territory is all shown"
    aussi = stock(a=12, b=10, c=40)
    assert ("b", "STOCK") not in caches(petit | stock(b=4), t069=aussi), "two of them, worth fourteen"
    assert caches(petit, t111=grand) == {("b", "STOCK"), ("a", "STOCK")}, "nor does the nation show it"


def test_no_total_gives_a_hidden_count_within_ten() -> None:
    hasard = Random(19)
    vues = 0
    for _ in range(300):
        territoires = {
            code: stock(**{x: hasard.choice((0, 2, 5, 9, 12, 30, 200)) for x in "abcdef"}) for code in REGIONS
        }
        siens = {
            code: masque({code: lues}, (OUVERTES,), SECRET, region_de=REGIONS.__getitem__)
            for code, lues in territoires.items()
        }
        region = masque(
            {c: territoires[c] for c in ("001", "069")}, (OUVERTES,), SECRET, region_de=REGIONS.get
        )
        for code, lues in territoires.items():
            assert all((x, "STOCK") in siens[code] for x, lu in lues.items() if 0 < lu["STOCK"] < 11)
            hauteurs = [lues[x]["STOCK"] for x, _ in siens[code]]
            visibles = [
                lu["STOCK"] for x, lu in lues.items() if (x, "STOCK") not in siens[code] and lu["STOCK"]
            ]
            if visibles and hauteurs:
                assert len(hauteurs) > 1
                assert sum(hauteurs) - len(hauteurs) >= 11
                vues += 1
        for x in "abcdef":
            ensemble = [territoires[c][x]["STOCK"] for c in ("001", "069") if (x, "STOCK") in siens[c]]
            if ensemble and (x, "STOCK") not in region:
                assert len(ensemble) == 2
                assert sum(ensemble) - 2 >= 11
    assert vues > 100


@pytest.mark.parametrize("role", list(Role))
def test_whoever_sees_no_demande_reads_them_hidden(role: Role) -> None:
    lues = [lue for lieu in LIEUX if (lue := portee(mandats(role), lieu, DECOUPAGE))]
    voit = {Permission.RAPPORT_DETAIL, Permission.DEMANDE_LIRE} & ROLES[role].permissions
    assert {lue.secrete for lue in lues} <= {not voit}


def test_what_leaves_for_a_place_is_what_each_of_its_readers_may_see(db: None) -> None:
    lieux = {Lieu(NatureLieu.TERRITOIRE, "099"): False, NATION: True}
    for lieu, secrete in lieux.items():
        lue = portee_de(Place(lieu), get_decoupage())
        assert lue is not None
        assert lue.secrete is secrete


def test_a_page_and_each_of_its_files(db: None) -> None:
    mois = date(2026, 10, 1)
    valeurs = {"-25": 4, "25-34": 300, "35-49": 25, "50-64": 60}
    Agregat.objects.bulk_create(
        [
            Agregat(
                territoire="099", mois=date(2024, 1, 1), ligne="099G0991", mesure="MODIFICATIONS", valeur=1
            ),
            *(
                Agregat(territoire="099", mois=mois, axe="AGE", ligne=age, mesure="STOCK", valeur=n)
                for age, n in valeurs.items()
            ),
        ]
    )
    entiere = Portee(Lieu(NatureLieu.TERRITOIRE, "099"), ("099",))
    demandee = Demandee(
        get_rapport("R03").versions[1], entiere, Periode(date(2025, 11, 1), date(2026, 10, 31)), Grain.AGE
    )
    assert "AGE:-25" in [x.cle for x in assembler(demandee, instant=f.MAINTENANT).tableau.lignes]
    assert est_devoilee(filtres_de(demandee))
    cachee = replace(demandee, portee=replace(entiere, secrete=True), tri="DEMANDES_ACTIVES")
    assert not est_devoilee(filtres_de(cachee))
    tableau = assembler(cachee, instant=f.MAINTENANT).tableau
    lignes = {x.cle: x.cellules[0] for x in tableau.lignes if x.niveau == Grain.AGE}
    assert {cle: c.valeur for cle, c in lignes.items() if c.etat is not EtatCellule.SECRET} == {
        "AGE:25-34": 300,
        "AGE:50-64": 60,
    }
    assert list(lignes)[-2:] == ["AGE:-25", "AGE:35-49"], "in their order, which says nothing of them"
    assert lignes["AGE:-25"].numerateur is None
    csv = io.BytesIO()
    ecrire(tableau, Format.CSV, csv)
    assert b"SECRET" in csv.getvalue()
    assert Grain.AGE in TRAITS
    assert Grain.COMMUNE not in TRAITS
