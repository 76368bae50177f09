"""What may be answered to an earlier reception date, and when."""

from datetime import date

import pytest

from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.depot.rules.anteriorite import (
    ISSUES,
    REPONSES,
    IssueAnteriorite,
    exiger_accordable,
    exiger_decidable,
    lire_decision,
)
from sne.socle.erreurs import Interdit
from tests.registre import factories as f

ANCIEN = date(2025, 3, 1)


def test_every_answer_has_its_words() -> None:
    assert set(ISSUES) == set(REPONSES) == set(IssueAnteriorite)


@pytest.mark.parametrize("issue", IssueAnteriorite)
def test_answer_with_its_reason(issue: IssueAnteriorite) -> None:
    lire_decision(issue, "Récépissé daté")


@pytest.mark.parametrize(
    ("issue", "motif", "champ"),
    [
        ("", "Vu", "issue"),
        ("AUTRE", "Vu", "issue"),
        ("ACCORDEE", "", "motif"),
        ("REFUSEE", "", "motif"),
        ("REFUSEE", "x" * 301, "motif"),
        ("REFUSEE", f"Voir {f.nir_de(date(1984, 3, 12))}", "motif"),
    ],
)
def test_names_what_to_correct(issue: str, motif: str, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_decision(issue, motif)
    assert refus.value.champ == champ


@pytest.mark.parametrize("statut", Statut)
def test_only_of_an_open_demande(statut: Statut) -> None:
    if statut in OUVERTES:
        exiger_decidable(statut)
        return
    with pytest.raises(Interdit, match="ne se décide pas"):
        exiger_decidable(statut)


@pytest.mark.parametrize(
    ("deja", "attend", "phrase"),
    [(ANCIEN, False, "vient déjà d’ailleurs .01/03/2025."), (None, True, "Examinez d’abord la séparation")],
)
def test_seniority_has_one_origin_beside_the_deposit(deja: date | None, attend: bool, phrase: str) -> None:
    with pytest.raises(Interdit, match=phrase):
        exiger_accordable(deja_ancienne=deja, separation_attend=attend)
    exiger_accordable(deja_ancienne=None, separation_attend=False)
