"""When a service is left alone: the arithmetic, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.connecteurs.rules import INCONNU, Etat, Motif, Reglage, apres_un_echec, apres_un_succes, suspendu

LE = datetime(2026, 11, 24, 10, tzinfo=UTC)
REGLAGE = Reglage(5, timedelta(seconds=30), timedelta(seconds=600))


def echouer(etat: Etat, fois: int = 1, motif: Motif = Motif.LENT) -> Etat:
    for _ in range(fois):
        etat = apres_un_echec(etat, motif, le=LE, reglage=REGLAGE)
    return etat


def test_four_failures_are_forgiven_the_fifth_is_not() -> None:
    assert not suspendu(echouer(INCONNU, 4), LE)
    assert suspendu(echouer(INCONNU, 5), LE)
    assert not suspendu(echouer(INCONNU, 5), LE + timedelta(seconds=30))


def test_it_is_in_trouble_since_the_first_one() -> None:
    un = echouer(INCONNU)
    deux = apres_un_echec(un, Motif.TROP, le=LE + timedelta(minutes=1), reglage=REGLAGE)
    assert (deux.perturbe_depuis, deux.dernier_echec) == (LE, LE + timedelta(minutes=1))
    assert deux.dernier_motif is Motif.TROP


def test_an_answer_forgives_all_but_the_last_is_known() -> None:
    etat = apres_un_succes(echouer(INCONNU, 9), LE)
    assert etat == Etat(dernier_succes=LE, dernier_echec=LE, dernier_motif=Motif.LENT)


@pytest.mark.parametrize(
    ("attente", "secondes"),
    [(None, 30), (timedelta(seconds=7), 7), (timedelta(days=3650), 600), (timedelta(days=-1), 1)],
)
def test_what_it_asks_for_is_bounded(attente: timedelta | None, secondes: int) -> None:
    etat = apres_un_echec(INCONNU, Motif.TROP, le=LE, reglage=REGLAGE, attente=attente)
    assert etat.suspendu_jusqua == LE + timedelta(seconds=secondes)


@given(
    st.lists(st.tuples(st.sampled_from([*Motif, None]), st.integers(-(10**9), 10**9)), max_size=20),
)
def test_never_left_alone_for_longer_than_the_parameter(suite: list[tuple[Motif | None, int]]) -> None:
    etat = INCONNU
    for motif, secondes in suite:
        if motif is None:
            etat = apres_un_succes(etat, LE)
        else:
            attente = timedelta(seconds=secondes)
            etat = apres_un_echec(etat, motif, le=LE, reglage=REGLAGE, attente=attente)
        assert etat.suspendu_jusqua is None or etat.suspendu_jusqua - LE <= REGLAGE.attente_max
        assert (etat.echecs == 0) == (etat.perturbe_depuis is None)
        assert etat.echecs or etat.suspendu_jusqua is None
