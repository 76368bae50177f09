"""How a case of duplicates may end: each exit, its reasons, and the sentences that it asks for."""

from itertools import product

import pytest

from sne.registre.doublons.rules.cas import (
    ISSUES,
    MOTIFS,
    MOTIFS_PAR_ISSUE,
    REPONSES,
    Issue,
    Motif,
    lire_cloture,
)
from sne.socle.erreurs import Interdit


def test_tout_a_ses_mots() -> None:
    assert set(ISSUES) == set(REPONSES) == set(MOTIFS_PAR_ISSUE) == set(Issue)
    assert set(MOTIFS) == set(Motif)
    des_cas = {motif for motifs in MOTIFS_PAR_ISSUE.values() for motif in motifs}
    assert des_cas == set(Motif) - {Motif.TRANSFERT_SEPARATION}


@pytest.mark.parametrize(("issue", "motif"), list(product(Issue, Motif)))
def test_matrice(issue: Issue, motif: Motif) -> None:
    """Every exit × reason: accepted with a sentence when the reason is its own."""
    if motif in MOTIFS_PAR_ISSUE[issue]:
        lire_cloture(issue, motif, "Deux pièces vues.")
    else:
        with pytest.raises(Interdit):
            lire_cloture(issue, motif, "Deux pièces vues.")


@pytest.mark.parametrize(
    ("issue", "motif", "precision", "champ"),
    [
        ("", "HOMONYME", "", "issue"),
        ("RIEN", "HOMONYME", "", "issue"),
        ("AUTRE_PERSONNE", "", "", "motif"),
        ("AUTRE_PERSONNE", "DEJA_ENREGISTREE", "", "motif"),
        ("AUTRE_PERSONNE", "AUTRE", "", "precision"),
        ("AUTRE_PERSONNE", "HOMONYME", "x" * 301, "precision"),
        ("AUTRE_PERSONNE", "HOMONYME", "Vu 2 87 03 99 123 456 au guichet", "precision"),
    ],
)
def test_refus_sur_le_champ_fautif(issue: str, motif: str, precision: str, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_cloture(issue, motif, precision)
    assert refus.value.champ == champ


def test_un_motif_code_se_passe_de_phrase() -> None:
    lire_cloture("AUTRE_PERSONNE", "HOMONYME", "")
