"""Code lists: what may be chosen, what stays readable, what is emitted to older partners."""

from datetime import date

import pytest

from sne.referentiels.rules import Nomenclatures, Periode, ValeurListe, nomenclatures_par_defaut
from sne.referentiels.rules.fichiers import lire_json
from sne.referentiels.rules.nomenclatures import valeurs_du_fichier
from sne.referentiels.selectors import get_nomenclatures

LE = date(2026, 11, 24)
FERMETURE = date(2026, 12, 31)


def statuts(le: date) -> Nomenclatures:
    """A list with a code that ends, one that starts, one renamed, one obsolete."""
    fin, suite = Periode(None, FERMETURE), Periode(date(2027, 1, 1))
    return Nomenclatures(
        (
            ValeurListe("S", "A", "Ancien", 1, periode=fin),
            ValeurListe("S", "B", "Nouveau", 2, repli="A", periode=suite),
            ValeurListe("S", "C", "Avant", 3, periode=fin),
            ValeurListe("S", "C", "Après", 3, periode=suite),
            ValeurListe("S", "D", "Obsolète", 4, obsolete=True),
        ),
        le,
    )


def test_choix_on_each_side_of_a_change() -> None:
    assert statuts(FERMETURE).choix("S") == (("A", "Ancien"), ("C", "Avant"))
    assert statuts(date(2027, 1, 1)).choix("S") == (("B", "Nouveau"), ("C", "Après"))


def test_valide_follows_the_day_and_keeps_obsolete_codes() -> None:
    nomenclatures = statuts(date(2027, 1, 1))
    validite = {code: nomenclatures.valide("S", code) for code in ("A", "B", "C", "D", "Z", "")}
    assert validite == {"A": False, "B": True, "C": True, "D": True, "Z": False, "": False}


def test_libelle_of_an_ended_code_stays_readable() -> None:
    nomenclatures = statuts(date(2027, 1, 1))
    assert [nomenclatures.libelle("S", code) for code in "ACZ"] == ["Ancien", "Après", "Z"]


def test_repli_is_emitted_when_there_is_one() -> None:
    nomenclatures = statuts(date(2027, 1, 1))
    assert [nomenclatures.repli("S", code) for code in "BCZ"] == ["A", "C", "Z"]


def test_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        statuts(LE).valide("T", "A")


def test_dates_are_read_in_the_file() -> None:
    contenu = {"S": {"source": "x", "valeurs": [{"code": "A", "libelle": "Ancien", "fin": "2026-12-31"}]}}
    (valeur,) = valeurs_du_fichier(contenu)
    assert (valeur.periode, valeur.rang, valeur.source) == (Periode(None, FERMETURE), 1, "x")


@pytest.mark.django_db
def test_tables_say_what_the_file_says() -> None:
    fichier, tables = lire_json("nomenclatures.json"), get_nomenclatures(LE)
    assert tables.listes == tuple(sorted(fichier))
    for liste, description in fichier.items():
        offertes = tuple((v["code"], v["libelle"]) for v in description["valeurs"] if not v.get("obsolete"))
        assert tables.choix(liste) == offertes == nomenclatures_par_defaut(LE).choix(liste)


@pytest.mark.django_db
def test_real_lists() -> None:
    nomenclatures = get_nomenclatures(LE)
    assert nomenclatures.choix("ListeCivilite") == (("1", "Monsieur"), ("2", "Madame"))
    assert nomenclatures.valide("ListeCivilite", "3")
    assert nomenclatures.repli("ListeTypeContratTravail", "AGP") == "CDI"
    assert nomenclatures.libelle("ListeMotifsRadiation", "") == "Déradiation"
    assert len(nomenclatures.choix("ListeMotifDemande")) == 23
