"""What a tax notice read says against the file, sentence by sentence."""

from dataclasses import replace

import pytest

from sne.documents.rules.aides import Accord, AvisLu, Signature
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.pieces.rules.lecture_automatique import NOMS, SIGNATURES, dire_avis

JEANNE = Identite(nom_naissance="Durand", prenoms="Jeanne, Marie")
AVIS = AvisLu(("DURAND JEANNE",), 2024, 18432, "2,5", Signature.VALIDE, "FR05 A1")


def dit(avis: AvisLu = AVIS, identite: Identite = JEANNE, annee: int | None = 2024) -> str:
    return " ".join(dire_avis([avis], identite=identite, annee=annee))


def test_nothing_read_says_nothing() -> None:
    assert dire_avis([], identite=JEANNE, annee=2024) == ()
    assert set(NOMS) == set(Accord)


@pytest.mark.parametrize("signature", Signature)
def test_what_is_known_of_the_signature(signature: Signature) -> None:
    assert SIGNATURES[signature] in dit(replace(AVIS, signature=signature))


@pytest.mark.parametrize(
    ("identite", "accord"),
    [
        (JEANNE, Accord.IDENTIQUE),
        (Identite(nom_naissance="Morel", nom_usage="Durand", prenoms="Jeanne"), Accord.IDENTIQUE),
        (Identite(nom_naissance="Durrand", prenoms="Jeanne"), Accord.PROCHE),
        (Identite(nom_naissance="Morel", prenoms="Jeanne"), Accord.DIFFERENT),
        (Identite(), Accord.ABSENT),
    ],
)
def test_the_name_against_that_of_the_file(identite: Identite, accord: Accord) -> None:
    assert NOMS[accord] in dit(identite=identite)


def test_the_year_and_the_income() -> None:
    assert "sur les revenus de 2024, comme attendu." in dit()
    assert "sur les revenus de 2024, et non de 2023." in dit(annee=2023)
    assert "revenus de" not in dit(annee=None)
    assert "Revenu fiscal de référence lu\u00a0: 18\u202f432\u00a0€." in dit()
    assert "Revenu" not in dit(replace(AVIS, revenu_fiscal=None, annee_revenus=None))
