"""Why an enquiry opens and how it ends: closed lists, a sentence where the code does not say enough, four eyes."""

import pytest

from sne.registre.enquete.rules.enquete import (
    ISSUES,
    MOTIFS,
    MOTIFS_A_LA_MAIN,
    MOTIFS_ISSUE,
    MOTIFS_PAR_ISSUE,
    NATURES,
    ORIGINES,
    DecisionLevee,
    IssueEnquete,
    MotifEnquete,
    MotifIssue,
    NatureElement,
    OrigineEnquete,
    lire_decision,
    lire_issue,
    lire_ouverture,
)
from sne.socle.erreurs import Interdit

NIR = "287039900000112"


def test_every_code_has_words() -> None:
    assert set(ORIGINES) == set(OrigineEnquete)
    assert set(MOTIFS) == set(MotifEnquete)
    assert set(NATURES) == set(NatureElement)
    assert set(ISSUES) == set(MOTIFS_PAR_ISSUE) == set(IssueEnquete)
    assert set(MOTIFS_ISSUE) == set(MotifIssue) == {m for ms in MOTIFS_PAR_ISSUE.values() for m in ms}


def test_opening() -> None:
    assert lire_ouverture("SIGNALEMENT", "  Appel du 20/11 ") == (MotifEnquete.SIGNALEMENT, "Appel du 20/11")
    assert lire_ouverture("SIGNALEMENT", "") == (MotifEnquete.SIGNALEMENT, "")
    assert MotifEnquete.ANCIEN_TITULAIRE not in MOTIFS_A_LA_MAIN


@pytest.mark.parametrize(
    ("motif", "precision", "champ"),
    [
        ("", "", "motif"),
        ("ANCIEN_TITULAIRE", "", "motif"),
        ("AUTRE", " ", "precision"),
        ("SIGNALEMENT", "x" * 301, "precision"),
        ("SIGNALEMENT", f"La personne {NIR}", "precision"),
    ],
)
def test_opening_refused(motif: str, precision: str, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_ouverture(motif, precision)
    assert refus.value.champ == champ


@pytest.mark.parametrize("issue", IssueEnquete)
def test_end(issue: IssueEnquete) -> None:
    for motif in MOTIFS_PAR_ISSUE[issue]:
        assert lire_issue(issue, motif, "Acte lu") == (issue, motif, "Acte lu")
    premier = MOTIFS_PAR_ISSUE[issue][0]
    if issue is IssueEnquete.A_RETABLIR:
        with pytest.raises(Interdit, match="en une phrase"):
            lire_issue(issue, premier, "")
    else:
        assert lire_issue(issue, premier, "") == (issue, premier, "")


@pytest.mark.parametrize(
    ("issue", "motif", "champ"),
    [
        ("", "", "issue"),
        ("AUTRE_PERSONNE", "TRANSFERT_DECES", "motif"),
        ("AUTRE_PERSONNE", "AUTRE", "precision"),
    ],
)
def test_end_refused(issue: str, motif: str, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_issue(issue, motif, "")
    assert refus.value.champ == champ


def test_answer_to_a_lifting() -> None:
    assert lire_decision("ACCEPTEE", "") == (DecisionLevee.ACCEPTEE, "")
    assert lire_decision("REFUSEE", "Il manque un acte") == (DecisionLevee.REFUSEE, "Il manque un acte")
    with pytest.raises(Interdit) as refus:
        lire_decision("PEUT_ETRE", "")
    assert refus.value.champ == "decision"
    with pytest.raises(Interdit, match="en une phrase"):
        lire_decision("REFUSEE", "")
