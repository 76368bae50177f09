"""Rules of a separation at their edges: what the acts of the register do not reach."""

import pytest

from sne.registre.rules.separation import IssueSeparation, verifier_reponse, verifier_secret
from sne.socle.erreurs import Interdit
from tests.registre import factories as f

ASSOCIATION = f.contenu(titulaire="ASSOCIATION").model_copy(update={"demandeur": None})


def test_a_household_without_an_applicant_tells_nobody() -> None:
    assert list(verifier_secret(ASSOCIATION, f.contenu())) == []


def test_addresses_are_compared_only_where_there_is_one() -> None:
    sans = f.contenu()
    sans = sans.model_copy(update={"demandeur": sans.demandeur.model_copy(update={"adresse_courrier": None})})
    assert list(verifier_secret(sans, sans)) == []
    assert [a.chemin for a in verifier_secret(f.contenu(), f.contenu())] == ["demandeur.adresse_courrier"]


@pytest.mark.parametrize(
    ("issue", "motif", "reservee", "champ"),
    [
        ("", "", False, "issue"),
        ("VUE", "", True, "issue"),
        ("NON_HERITEE", "non", False, "issue"),
        ("NON_HERITEE", "", True, "motif"),
        ("HERITEE", "x" * 301, True, "motif"),
        ("HERITEE", f"NIR {f.nir_de(f.AUJOURD_HUI)}", True, "motif"),
    ],
)
def test_answers_that_are_refused(issue: str, motif: str, reservee: bool, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        verifier_reponse(issue, motif, reservee=reservee)
    assert refus.value.champ == champ


@pytest.mark.parametrize(
    ("issue", "reservee"),
    [(IssueSeparation.VUE, False), (IssueSeparation.HERITEE, True)],
)
def test_answers_that_are_not(issue: str, reservee: bool) -> None:
    verifier_reponse(issue, "", reservee=reservee)
