"""A month goes into its columns and comes back the same; columns that contradict themselves are no month."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from sne.connecteurs.drm.rules.mois import ETATS, Mois, Montant
from sne.registre.ressources.rules.stockage import RAISONS, Colonnes, de_colonnes, en_colonnes
from tests.registre.ressources.ressources import ABSENCES, MOIS, SEPTEMBRE, tous_les_mois


@given(tous_les_mois)
def test_a_month_comes_back_the_same(mois: Mois) -> None:
    colonnes = en_colonnes(mois)
    assert de_colonnes(colonnes) == mois
    assert (colonnes.montant is not None) == (colonnes.etat == "MONTANT")
    assert colonnes.montant != 0
    assert colonnes.raison in RAISONS[type(mois)]


@pytest.mark.parametrize("absence", ABSENCES, ids=repr)
def test_no_absence_can_be_given_a_figure(absence: Mois) -> None:
    colonnes = en_colonnes(absence)
    with pytest.raises(ValueError, match="an amount where there is none"):
        de_colonnes(replace(colonnes, montant=Decimal(0)))
    with pytest.raises(ValueError, match="figures for a month"):
        de_colonnes(replace(colonnes, natures=[{"nature": "SALAIRE", "source": "DSN", "montant": "1.00"}]))


def test_what_contradicts_itself_is_no_month() -> None:
    montant = en_colonnes(MOIS[1])
    for faux in (
        replace(montant, montant=None),
        replace(montant, montant=Decimal(0)),
        Colonnes(SEPTEMBRE, "ZERO_CONFIRME", "", None, []),
        Colonnes(SEPTEMBRE, "INCONNU", "", None, []),
        Colonnes(SEPTEMBRE, "AUCUNE_DONNEE", "", None, []),
    ):
        with pytest.raises(ValueError, match=r"."):
            de_colonnes(faux)


def test_each_state_has_its_reasons() -> None:
    assert set(RAISONS) == set(ETATS)
    assert RAISONS[Montant] == ("",)
