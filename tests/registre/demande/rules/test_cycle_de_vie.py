"""Every state × every transition is decided: allowed with its outcome, or refused in words."""

import itertools

import pytest

from sne.registre.demande.rules.cycle_de_vie import (
    CYCLE_DE_VIE,
    LIBELLES_STATUT,
    LIBELLES_TRANSITION,
    OUVERTES,
    Statut,
    Transition,
    TransitionInterdite,
    next_statut,
)
from sne.socle.erreurs import Interdit

ACTIVE, EXPIREE, RADIEE, PURGEE, ANNULEE = (
    Statut.ACTIVE,
    Statut.EXPIREE,
    Statut.RADIEE,
    Statut.PURGEE,
    Statut.ANNULEE,
)
T = Transition
MATRICE = {
    None: {T.DEPOSER: ACTIVE},
    ACTIVE: {
        T.MODIFIER: ACTIVE,
        T.RENOUVELER: ACTIVE,
        T.EXPIRER: EXPIREE,
        T.RADIER: RADIEE,
        T.ANNULER: ANNULEE,
    },
    EXPIREE: {T.MODIFIER: EXPIREE, T.RENOUVELER: ACTIVE, T.RADIER: RADIEE},
    RADIEE: {T.REACTIVER: ACTIVE, T.PURGER: PURGEE},
    PURGEE: {},
    ANNULEE: {T.RETABLIR: ACTIVE, T.PURGER: PURGEE},
}
CASES = list(itertools.product(MATRICE, Transition))


def test_matrix_names_every_state():
    assert set(MATRICE) == {None, *Statut}
    assert set(LIBELLES_STATUT) == set(Statut)
    assert set(LIBELLES_TRANSITION) == set(Transition)
    assert len(CYCLE_DE_VIE) == sum(len(ligne) for ligne in MATRICE.values())


@pytest.mark.parametrize(("statut", "transition"), CASES)
def test_every_cell(statut, transition):
    attendu = MATRICE[statut].get(transition)
    if attendu is not None:
        assert next_statut(statut, transition) is attendu
        return
    with pytest.raises(TransitionInterdite) as leve:
        next_statut(statut, transition)
    assert isinstance(leve.value, Interdit)
    assert LIBELLES_TRANSITION[transition] in str(leve.value)


def test_refusal_names_the_state():
    with pytest.raises(TransitionInterdite) as leve:
        next_statut(Statut.RADIEE, Transition.MODIFIER)
    assert (
        str(leve.value).replace("\u00a0", " ")
        == "Cette demande est « radiée » : elle ne peut pas être modifiée."
    )
    assert leve.value.champ == "statut"


def test_a_household_holds_its_place_while_active_or_expired():
    assert {ACTIVE, EXPIREE} == OUVERTES
