"""How a case of duplicates may end: each exit, its reasons, and the sentences that it asks for."""

from itertools import product

import pytest

from sne.registre.rules.cas_doublon import (
    ISSUES,
    MOTIFS,
    MOTIFS_PAR_ISSUE,
    REPONSES,
    Issue,
    Motif,
    Origine,
    issues_possibles,
    verifier_cloture,
)
from sne.socle.erreurs import Interdit


def test_tout_a_ses_mots() -> None:
    assert set(ISSUES) == set(REPONSES) == set(MOTIFS_PAR_ISSUE) == set(Issue)
    assert set(MOTIFS) == set(Motif)
    assert {motif for motifs in MOTIFS_PAR_ISSUE.values() for motif in motifs} == set(Motif)


def test_un_guichet_qui_doute_n_a_que_deux_reponses() -> None:
    assert issues_possibles(Origine.GUICHET) == (Issue.MEME_PERSONNE, Issue.AUTRE_PERSONNE)
    assert issues_possibles(Origine.ANCIENNE_IDENTITE) == tuple(Issue)


@pytest.mark.parametrize(("origine", "issue", "motif"), list(product(Origine, Issue, Motif)))
def test_matrice(origine: Origine, issue: Issue, motif: Motif) -> None:
    """Every exit × reason of both origins: accepted with a sentence when the exit is offered and the reason its own."""
    if issue in issues_possibles(origine) and motif in MOTIFS_PAR_ISSUE[issue]:
        verifier_cloture(origine, issue, motif, "Deux pièces vues.")
    else:
        with pytest.raises(Interdit):
            verifier_cloture(origine, issue, motif, "Deux pièces vues.")


@pytest.mark.parametrize(
    ("issue", "motif", "precision", "champ"),
    [
        ("", "HOMONYME", "", "issue"),
        ("RIEN", "HOMONYME", "", "issue"),
        ("AUTRE_PERSONNE", "", "", "motif"),
        ("AUTRE_PERSONNE", "TRANSFERT_DECES", "", "motif"),
        ("AUTRE_PERSONNE", "AUTRE", "", "precision"),
        ("A_RETABLIR", "TITULAIRE_NIE", "", "precision"),
        ("AUTRE_PERSONNE", "HOMONYME", "x" * 301, "precision"),
        ("AUTRE_PERSONNE", "HOMONYME", "Vu 2 87 03 99 123 456 au guichet", "precision"),
    ],
)
def test_refus_sur_le_champ_fautif(issue: str, motif: str, precision: str, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        verifier_cloture(Origine.ANCIENNE_IDENTITE, issue, motif, precision)
    assert refus.value.champ == champ


def test_un_motif_code_se_passe_de_phrase() -> None:
    verifier_cloture(Origine.GUICHET, "AUTRE_PERSONNE", "HOMONYME", "")
