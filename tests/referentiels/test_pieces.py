"""Catalogue of documents: dated, closed, readable without a database, and the same in the table."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sne.referentiels import models
from sne.referentiels.rules import (
    Critere,
    NiveauPiece,
    Periode,
    catalogue_par_defaut,
    nomenclatures_par_defaut,
)
from sne.referentiels.rules.pieces import CataloguePieces, types_du_fichier, types_livres
from sne.referentiels.selectors import get_pieces

LE = date(2026, 11, 24)
LISTES = {
    Critere.NATIONALITE: "ListeNationalite",
    Critere.SITUATION_FAMILIALE: "ListeSituationFamiliale",
    Critere.STATUT_PROFESSIONNEL: "ListeTypeContratTravail",
    Critere.RESSOURCE: "ListeRessourceRecue",
    Critere.OCCUPATION: "ListeModeleLogement",
    Critere.MOTIF: "ListeMotifDemande",
}
"""Conditions that read a code, and the list it belongs to."""


def ligne(**champs: object) -> dict[str, object]:
    """One document of a file, but for ``champs``."""
    base: dict[str, object] = {
        "code": "A",
        "niveau": "COMPLEMENT",
        "portee": "FOYER",
        "critere": "TOUJOURS",
        "libelle": "Avis d’impôt {n1} sur les revenus de {n2}",
        "exemples": "",
    }
    return base | champs


def test_types_du_fichier_take_their_dates_from_the_file_unless_they_have_their_own() -> None:
    contenu = {
        "source": "s",
        "debut": "2022-04-27",
        "types": [ligne(), ligne(code="B", debut="2026-01-01", source="t")],
    }
    a, b = types_du_fichier(contenu)
    assert (a.periode, a.source, a.rang) == (Periode(date(2022, 4, 27)), "s", 1)
    assert (b.periode, b.source, b.rang) == (Periode(date(2026, 1, 1)), "t", 2)


@pytest.mark.parametrize("champ", ["niveau", "portee", "critere"])
def test_types_du_fichier_refuse_an_unknown_word(champ: str) -> None:
    with pytest.raises(ValueError, match="AILLEURS"):
        types_du_fichier({"source": "s", "debut": None, "types": [ligne(**{champ: "AILLEURS"})]})


def test_intitule_names_the_tax_years_of_the_day() -> None:
    (avis,) = types_du_fichier({"source": "s", "debut": None, "types": [ligne()]})
    assert avis.intitule(date(2026, 11, 24)) == "Avis d’impôt 2025 sur les revenus de 2024"
    assert avis.intitule(date(2027, 1, 1)) == "Avis d’impôt 2026 sur les revenus de 2025"


def test_catalogue_follows_the_day() -> None:
    types = types_du_fichier(
        {
            "source": "s",
            "debut": None,
            "types": [
                ligne(fin="2026-12-31"),
                ligne(libelle="Autre", debut="2027-01-01"),
                ligne(code="B", fin="2026-12-31"),
            ],
        }
    )
    assert [t.code for t in CataloguePieces(types, LE).types] == ["A", "B"]
    suivant = CataloguePieces(types, date(2027, 1, 1))
    assert [t.libelle for t in suivant.types] == ["Autre"]
    with pytest.raises(KeyError):
        suivant.get("B")


def test_delivered_catalogue_reads_only_codes_that_exist() -> None:
    nomenclatures = nomenclatures_par_defaut(LE)
    inconnus = [
        (t.code, valeur)
        for t in types_livres()
        for valeur in t.valeurs
        if not nomenclatures.valide(LISTES[t.critere], valeur)
    ]
    assert inconnus == []
    assert [t.code for t in types_livres() if (t.critere in LISTES) is not bool(t.valeurs)] == []


def test_only_identity_or_stay_is_asked_to_register() -> None:
    exigees = catalogue_par_defaut(LE).de_niveau(NiveauPiece.ENREGISTREMENT)
    assert [t.code for t in exigees] == ["IDENTITE", "SEJOUR"]
    assert {t.source for t in exigees} == {"CCH R441-2-3"}


def test_what_may_never_be_asked_is_never_expected() -> None:
    jamais = catalogue_par_defaut(LE).de_niveau(NiveauPiece.JAMAIS)
    assert {t.code for t in jamais} == {"RELEVE_BANCAIRE", "CARTE_VITALE", "CASIER_JUDICIAIRE"}
    assert {t.critere for t in jamais} == {Critere.SUR_INDICATION}


@pytest.mark.django_db
def test_table_says_what_the_file_says() -> None:
    assert get_pieces(LE).types == catalogue_par_defaut(LE).types
    assert get_pieces(date(2022, 4, 26)).types == ()


@pytest.mark.usefixtures("en_owner")
def test_database_refuses_a_word_that_no_rule_reads() -> None:
    with pytest.raises(IntegrityError, match="type_de_piece_connu"), transaction.atomic():
        models.TypePiece.objects.filter(code="IDENTITE").update(critere="AILLEURS")
