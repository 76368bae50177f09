"""Classes of a change of birth name, and what is no change at all."""

import pytest

from sne.registre.controle.rules.decision import Decision
from sne.registre.demande.rules.personne import IssueIdentite
from sne.registre.identite.rules.mouvements import (
    ClasseNom,
    Sort,
    classer,
    nir_change,
    prenoms_changes,
    sort_de,
)

AUTO, ATTENTE = Decision.AUTOMATIQUE, Decision.EN_ATTENTE


@pytest.mark.parametrize(
    ("avant", "apres", "decision", "classe"),
    [
        ("Dubreuil", "Dubreuil", ATTENTE, None),
        ("Lefèvre", "LE FEVRE", AUTO, ClasseNom.COSMETIQUE),
        ("Le Goff", "Le-Goff", ATTENTE, ClasseNom.COSMETIQUE),
        ("Martin", "Martinez", AUTO, ClasseNom.MINEURE),
        ("Martin", "Martinez", ATTENTE, ClasseNom.MAJEURE),
        ("Martin", "Zimmer", ATTENTE, ClasseNom.MAJEURE),
    ],
)
def test_the_class_is_what_the_rule_of_the_day_decided(
    avant: str, apres: str, decision: Decision, classe: ClasseNom | None
) -> None:
    assert classer(avant, apres, decision) is classe


def test_a_spelling_of_the_same_first_names_is_no_change() -> None:
    assert not prenoms_changes("Jean-Paul", "jean paul")
    assert prenoms_changes("Jean", "Jean, Paul")


def test_a_number_filled_in_takes_the_place_of_none() -> None:
    assert not nir_change(None, b"a")
    assert not nir_change(b"a", b"a")
    assert nir_change(b"a", b"b")
    assert nir_change(b"a", None)


@pytest.mark.parametrize("issue", list(IssueIdentite))
def test_every_issue_is_a_fate(issue: IssueIdentite) -> None:
    assert sort_de(issue.value, ATTENTE) not in (Sort.APPLIQUE, Sort.EN_ATTENTE)


def test_without_an_answer_a_change_waits_or_was_applied() -> None:
    assert sort_de(None, ATTENTE) is Sort.EN_ATTENTE
    assert sort_de(None, AUTO) is Sort.APPLIQUE
