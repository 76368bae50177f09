"""The household of the measures passes every rule, belongs to nobody, and is another one at each rank."""

from datetime import date, datetime

import pytest
from stdnum.fr import nir as stdnum_nir

from sne.bench import foyers
from sne.bench.melange import GUICHETS
from sne.referentiels.rules import Trouvee
from sne.referentiels.selectors import get_geographie, get_guichet
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.stockage import vers_stockage
from sne.saisie.forms.pages import PAGES
from sne.socle.horloge import PARIS

INSTANT = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
RANGS = 3000


def test_the_household_is_two_adults_three_children_and_eight_communes() -> None:
    contenu = foyers.contenu(7)
    assert len(list(arbre.membres(contenu))) == 5
    assert len(contenu.souhaits.localisations) == 8
    assert 2500 < len(str(vers_stockage(contenu).contenu)) < 4500


def test_adults_of_other_ranks_are_other_people() -> None:
    adultes = [foyers.adulte(rang, sexe=sexe) for rang in range(RANGS) for sexe in (1, 2)]
    assert len({a.nir for a in adultes}) == 2 * RANGS
    assert len({a.telephone for a in adultes}) == 2 * RANGS
    assert len({(a.nom, a.prenoms, a.naissance) for a in adultes}) == 2 * RANGS


def test_numbers_have_their_key_and_a_birthplace_that_was_never_given() -> None:
    for rang in range(0, RANGS, 37):
        nir = foyers.adulte(rang, sexe=2).nir
        assert stdnum_nir.is_valid(nir)
        assert (nir[5:7], int(nir[7:10]) > 522) == ("99", True)


def test_a_takeover_comes_with_its_past() -> None:
    reprise = foyers.reprise(5, INSTANT)
    assert reprise.depot.date_reception < reprise.renouvellements[0] < date(2026, 11, 24)


@pytest.mark.django_db
def test_communes_asked_for_are_those_of_a_territory_that_has_the_counter() -> None:
    assert foyers.VOEUX.keys() == GUICHETS.keys()
    geographie = get_geographie()
    for territoire, guichet in GUICHETS.items():
        assert get_guichet(territoire, guichet, le=INSTANT.date()) is not None
        lues = [geographie.resoudre(nom, territoire) for nom in foyers.VOEUX[territoire]]
        assert [lu for lu in lues if not isinstance(lu, Trouvee)] == []


def test_what_is_typed_fills_the_pages_of_the_minimal_set() -> None:
    assert set(foyers.saisie(5)) == {"personne", "foyer", "souhaits", "doublons"}
    assert set(foyers.saisie(5)) - {"doublons"} <= set(PAGES)
