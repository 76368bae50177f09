"""Nothing of a few households can be deduced from what is published; an auditor that knows nothing else says so."""

from collections import Counter

import pytest

from sne.infocentre.ouvert.rules.programme import Intervalle
from sne.infocentre.ouvert.rules.secret import Masque, auditer, primaires, proteger
from sne.infocentre.ouvert.rules.tables import TOUTES, Case, Lieu, Niveau, Relation, Table, composer
from sne.referentiels.rules.fichiers import lire_csv
from sne.registre.contenu.rules.arbre.derive import nb_personnes
from tests.demo.decors import generateur
from tests.infocentre.ouvert.departement import table

SEUIL, ETENDUE, COMMUNES = 11, 11, 30


def publier(lue: Table, masque: Masque) -> dict[Case, int | None]:
    return {case: None if case in masque.cachees else n for case, n in lue.valeurs.items()}


def masquer(lue: Table) -> Masque:
    return proteger(lue, primaires(lue.valeurs, seuil=SEUIL), etendue_min=ETENDUE)


def case(code: str, modalite: str = "1", niveau: Niveau = Niveau.COMMUNE) -> Case:
    return Case(niveau, code, modalite)


@pytest.fixture(scope="module")
def protegee() -> tuple[Table, Masque]:
    """A département, and what is hidden of it."""
    lue = table(COMMUNES)
    return lue, masquer(lue)


@pytest.mark.parametrize(("graine", "population_min"), [(1, 0), (2, 2000)])
def test_nothing_is_deducible_of_a_departement_and_most_of_it_is_published(
    graine: int, population_min: int
) -> None:
    lue = table(COMMUNES, graine=graine, population_min=population_min)
    masque = masquer(lue)
    assert masque.primaires == {c for c, n in lue.valeurs.items() if 0 < n < SEUIL}
    assert auditer([publier(lue, masque)], lue.relations, etendue_min=ETENDUE) == ()
    tu = sum(n for c, n in lue.valeurs.items() if c in masque.cachees)
    assert tu < 0.15 * sum(lue.valeurs.values())
    assert all(n for c, n in lue.valeurs.items() if c in masque.cachees)  # a zero is published


def test_nothing_is_deducible_of_the_demonstration() -> None:
    """Its households by their first commune, as the file that it publishes counts them."""
    lus = Counter(
        (m.contenu.souhaits.localisations[0].commune, str(min(nb_personnes(m.contenu), 6)))
        for m in map(generateur().menage, range(1_500))
    )
    lieux = {
        ligne["code"]: Lieu(ligne["code"], ligne["epci"], "99", "099", int(ligne["population"]))
        for ligne in lire_csv("demonstration/communes.csv")
    }
    lue = composer(lus, lieux, population_min=2000)
    masque = masquer(lue)
    assert masque.primaires
    assert auditer([publier(lue, masque)], lue.relations, etendue_min=ETENDUE) == ()


def test_small_cells_alone_hidden_are_given_away_by_their_margins() -> None:
    lue = table(COMMUNES)
    seules = Masque(primaires(lue.valeurs, seuil=SEUIL), frozenset())
    constats = auditer([publier(lue, seules)], lue.relations, etendue_min=ETENDUE)
    exacts = [c for c in constats if c.intervalle.etendue == 0]
    assert exacts
    assert all(c.intervalle == Intervalle(lue.valeurs[c.case], lue.valeurs[c.case]) for c in exacts)


def test_a_margin_published_by_mistake_is_found(protegee: tuple[Table, Masque]) -> None:
    lue, masque = protegee
    publie = publier(lue, masque)
    trahie = next(c for c in sorted(masque.primaires) if c.modalite != TOUTES)
    for voisine in (Case(trahie.niveau, trahie.code, m) for m in ("1", "2", "3", "4+", TOUTES)):
        if voisine != trahie:
            publie[voisine] = lue.valeurs[voisine]
    constats = {c.case: c.intervalle for c in auditer([publie], lue.relations, etendue_min=ETENDUE)}
    assert constats[trahie] == Intervalle(lue.valeurs[trahie], lue.valeurs[trahie])


def test_a_twin_geography_is_found(protegee: tuple[Table, Masque]) -> None:
    """A quarter published beside its commune: all the commune but one household."""
    lue, masque = protegee
    cachee = next(c for c in sorted(masque.primaires) if c.niveau is Niveau.COMMUNE)
    jumelle, reste = (
        case(f"QPV-{cachee.code}", cachee.modalite),
        case(f"RESTE-{cachee.code}", cachee.modalite),
    )
    publie = publier(lue, masque) | {jumelle: lue.valeurs[cachee] - 1, reste: 1}
    relations = (*lue.relations, Relation(cachee, (jumelle, reste)))
    assert cachee in {c.case for c in auditer([publie], relations, etendue_min=ETENDUE)}
    assert cachee not in {c.case for c in auditer([publie], lue.relations, etendue_min=ETENDUE)}


def test_two_editions_with_two_masks_are_found_and_with_one_are_not(protegee: tuple[Table, Masque]) -> None:
    lue, masque = protegee
    premiere = publier(lue, masque)
    assert auditer([premiere, premiere], lue.relations, etendue_min=ETENDUE) == ()
    autre = dict(premiere)
    montree = sorted(masque.secondaires)[0]
    autre[montree] = lue.valeurs[montree]
    constats = {c.case: c.intervalle for c in auditer([premiere, autre], lue.relations, etendue_min=ETENDUE)}
    assert constats[montree].etendue == 0


def test_two_hidden_cells_of_a_small_sum_are_not_enough() -> None:
    """Each is at least one: of a sum of twelve, ten possibilities; the sum goes too."""
    a, b, c, d = (case(x) for x in "ABCD")
    haut, autre, tout = (Case(Niveau.EPCI, x, "1") for x in ("AB", "CD", "ABCD"))
    lue = Table(
        {a: 5, b: 6, c: 40, d: 60, haut: 11, autre: 100, tout: 111},
        (Relation(haut, (a, b)), Relation(autre, (c, d)), Relation(tout, (haut, autre))),
    )
    masque = masquer(lue)
    assert masque.primaires == {a, b}
    assert {haut} < masque.secondaires
    assert auditer([publier(lue, masque)], lue.relations, etendue_min=ETENDUE) == ()


def test_a_table_too_small_to_be_protected_is_never_passed_by_the_auditor() -> None:
    a, b, tout = case("A"), case("B"), case("AB", niveau=Niveau.EPCI)
    lue = Table({a: 2, b: 0, tout: 2}, (Relation(tout, (a, b)),))
    masque = masquer(lue)
    assert masque.cachees == {a, tout}
    assert auditer([publier(lue, masque)], lue.relations, etendue_min=ETENDUE) == ()  # nothing bounds them
    montre = publier(lue, masque) | {tout: 2}
    assert [c.case for c in auditer([montre], lue.relations, etendue_min=ETENDUE)] == [a]


def test_figures_that_do_not_add_up_are_an_error_not_a_pass() -> None:
    a, b, tout = case("A"), case("B"), case("AB", niveau=Niveau.EPCI)
    with pytest.raises(ValueError, match="no table fits"):
        auditer([{a: None, b: None, tout: 1}], [Relation(tout, (a, b))], etendue_min=ETENDUE)


def test_a_mask_is_kept_from_year_to_year_until_the_cell_has_grown() -> None:
    a, b, c, d = (case(x) for x in "ABCD")
    valeurs = {a: 15, b: 21, c: 15, d: 0}
    assert primaires(valeurs, seuil=SEUIL, deja={a, b, d}, relache=20) == {a}


def test_one_tree_of_places_and_small_communes_together() -> None:
    lue = composer(
        {("1", "1"): 30, ("2", "1"): 4, ("3", "2"): 5},
        {
            "1": Lieu("1", "E", "98", "R", 2000),
            "2": Lieu("2", "E", "98", "R", 1999),
            "3": Lieu("3", "", "98", "R", None),
        },
        population_min=2000,
    )
    communes = {c.code for c in lue.valeurs if c.niveau is Niveau.COMMUNE}
    assert communes == {"1", "AUTRES-E-98", "AUTRES-SANS-98"}
    assert lue.valeurs[Case(Niveau.NATION, "FR", TOUTES)] == 39
    assert lue.valeurs[case("1", "2")] == 0
    for relation in lue.relations:
        assert lue.valeurs[relation.total] == sum(lue.valeurs[p] for p in relation.parties)


def test_a_cell_whose_own_sums_are_all_hidden_is_protected_by_those_of_its_group() -> None:
    a, b, c = (case(x) for x in "ABC")
    haut, tout = (Case(Niveau.EPCI, x, "1") for x in ("AB", "ABC"))
    lue = Table({a: 2, b: 3, c: 7, haut: 5, tout: 12}, (Relation(haut, (a, b)), Relation(tout, (haut, c))))
    masque = masquer(lue)
    assert masque.secondaires == {tout}
    assert auditer([publier(lue, masque)], lue.relations, etendue_min=ETENDUE) == ()
