"""What the drills count on: households that nobody is asked about, bars that do not bend, verdicts not given."""

import sys
from unittest import mock

import pytest

from outils import restaurer
from outils.exercices import attente, verdict
from outils.exercices.attente import SANS_VERDICT, Retard, a_temps, conclure, depasse, dite, trancher
from outils.exercices.charge import Charge
from outils.exercices.clients import menage


def test_no_two_households_are_born_the_same_day() -> None:
    """Their names are close: with one birth date, the second would be asked about, and counted as refused."""
    nees = [qui.naissance for foyer in map(menage, range(4_000)) for qui in (foyer.un, foyer.autre)]
    assert len(set(nees)) == len(nees)
    assert len({menage(indice).cle for indice in range(4_000)}) == 4_000


@pytest.mark.parametrize("charge", [0.1, 50.0])
def test_a_bar_is_the_same_on_any_machine(monkeypatch: pytest.MonkeyPatch, charge: float) -> None:
    monkeypatch.setattr("os.getloadavg", lambda: (charge, charge, charge))
    assert depasse("une page a attendu", 15.0, 15.0) == []
    [dit] = depasse("une page a attendu", 15.1, 15.0)
    assert dit == "une page a attendu 15.1 s (15 permises)"


@pytest.mark.parametrize(
    ("occupee", "statut", "mot"), [(0.2, 1, "FAUTE"), (0.5, 1, "FAUTE"), (0.6, SANS_VERDICT, "SANS VERDICT")]
)
def test_what_is_late_is_judged_where_the_machine_is_free(occupee: float, statut: int, mot: str) -> None:
    tranchees = trancher(depasse("sans écriture :", 26.0, 25.0), occupee=occupee)
    assert conclure(tranchees) == statut
    assert dite(tranchees[0]).startswith(mot)


def test_a_loss_is_a_fault_whatever_the_machine_does() -> None:
    fautes = trancher(
        ["2 demandes acquittées, 1 retrouvées", *depasse("de retour en", 11.0, 10.0)], occupee=1.0
    )
    assert conclure(fautes) == 1
    assert conclure([]) == 0


def test_what_never_comes_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    assert a_temps(lambda: True, "une écriture", barre=1.0) == []
    monkeypatch.setattr(attente.attendre, "__kwdefaults__", {"delai": 0.0})
    [dit] = a_temps(lambda: False, "une écriture", barre=1.0)
    assert isinstance(dit, Retard)


@pytest.mark.parametrize(
    ("lues", "fautes"), [((2, 2), []), ((1, 1), []), ((3, 2), ["une demande a deux attestations"])]
)
def test_what_is_not_attested_yet_is_late_and_no_second_attestation(
    monkeypatch: pytest.MonkeyPatch, lues: tuple[int, int], fautes: list[str]
) -> None:
    charge = Charge(mock.Mock())
    charge.acquittes = ["1", "2"]
    grappe = mock.Mock()
    grappe.lire.return_value = (2, 2)
    monkeypatch.setattr(verdict, "attestees", lambda *_: lues)
    for rien in ("a_temps", "verifier", "list_traces"):
        monkeypatch.setattr(verdict, rien, lambda *_, **__: [])
    assert verdict.juger(grappe, [charge]) == fautes


def test_a_loss_already_seen_is_not_hidden_by_a_wait_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine too: the restored base lacked a demande, then its worker was late."""

    def exercer(_: object, __: object, fautes: list[str]) -> None:
        fautes.append("(3,) au lieu de (4,)")
        raise attente.Impossible("Pas obtenu en 300 s : plus rien à faire.")

    production = mock.MagicMock()
    production.__enter__.return_value.lire.return_value = (0,)
    monkeypatch.setattr(sys, "argv", ["restaurer", "--reprendre"])
    monkeypatch.setattr(restaurer, "Courrier", mock.MagicMock())
    monkeypatch.setattr(restaurer, "Grappe", lambda *_, **__: production)
    monkeypatch.setattr(restaurer, "occupation", lambda: 1.0)
    monkeypatch.setattr(restaurer, "exercer", exercer)
    assert restaurer.main() == 1


def test_what_fails_in_a_cut_is_not_late_after_the_cut_before() -> None:
    """Two cuts, 10 to 30 and 200 to 220; pages fail within both, and 2 and 5 seconds after them."""
    charge = Charge(mock.Mock())
    charge.reponses = [1.0, 10.0, 30.0, *range(31, 201), 220.0, 221.0]
    charge.erreurs = [(instant, "503") for instant in (12.0, 29.0, 32.0, 201.0, 219.0, 225.0)]
    assert (charge.coupure, charge.traine) == (20.0, 5.0)
    charge.pages = [(9.0, 40.0), (50.0, 57.0), (215.0, 235.0)]
    assert (charge.plus_longue, charge.plus_longue_ailleurs) == (31.0, 7.0), "two of them met a cut"


def test_a_busy_machine_is_known() -> None:
    assert 0 <= attente.occupation(0.05) <= 1
