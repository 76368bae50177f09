"""The score of two adults and the pairs compared, in Python; that it is the database's is tested with a database."""

from datetime import date

import pytest

from sne.registre.contenu.rules.normalisation import normaliser
from sne.registre.doublons.rules.ressemblance import Adulte, cle_de_paire, noter, rapprocher, similarite

ELODIE = Adulte("D1", "dubreuil", "morel", "elodie", date(1987, 3, 14), "2870399000001", "+33612345641")


def autre(demande: str = "D2", **traits: object) -> Adulte:
    vides = {"nom": "", "usage": "", "prenoms": "", "naissance": None, "nir": "", "telephone": ""}
    return Adulte(demande, **vides | traits)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Élodie, Marie-Thérèse", "elodie marie therese"),
        ("  L’Œuvre d'Ŋ  ", "l oeuvre d n"),
        ("Łukasz Straße", "lukasz strasse"),
        ("Иван 42", ""),
        ("Olúwaṣẹ\u0301gun", "oluwasegun"),
        ("", ""),
    ],
)
def test_normalised(texte: str, attendu: str) -> None:
    assert normaliser(texte) == attendu


@pytest.mark.parametrize(
    ("un", "deux", "attendu"),
    [("dubreuil", "dubreuil", 1), ("dubreuil", "", 0), ("", "", 0), ("abc", "xyz", 0), ("mot", "mots", 0.5)],
)
def test_likeness(un: str, deux: str, attendu: float) -> None:
    assert similarite(un, deux) == similarite(deux, un) == attendu


@pytest.mark.parametrize(
    ("traits", "attendu"),
    [
        ({}, 0),
        ({"nir": "2870399000001"}, 4),
        ({"naissance": date(1987, 3, 14)}, 2),
        ({"naissance": date(1987, 3, 15)}, 0.75),
        ({"naissance": date(1987, 4, 15)}, 0),
        ({"telephone": "+33612345641"}, 1),
        ({"nom": "dubreuil"}, 2),
        ({"nom": "morel"}, 2),
        ({"usage": "dubreuil"}, 2),
        ({"usage": "morel"}, 2),
        ({"prenoms": "elodie"}, 1.5),
        ({"nom": "dubreuil", "prenoms": "elodie", "naissance": date(1987, 3, 14)}, 5.5),
    ],
)
def test_score(traits: dict[str, object], attendu: float) -> None:
    assert noter(ELODIE, autre(**traits)) == noter(autre(**traits), ELODIE) == attendu


def test_nothing_given_is_nothing_equal() -> None:
    assert noter(autre("D1"), autre("D2")) == 0


def test_each_pair_of_demandes_once_by_its_best_adults() -> None:
    conjoint = autre("D1", nom="haddad", naissance=date(1985, 8, 21))
    seul = autre("D2", nom="haddad", naissance=date(1985, 8, 21), telephone="+33612345641")
    trouvees = rapprocher([ELODIE, conjoint, seul, autre("D3", nom="haddad")], au_dela=500)
    assert trouvees.scores == {("D1", "D2"): 4}
    assert cle_de_paire("D2", "D1") == cle_de_paire("D1", "D2") == ("D1", "D2")


def test_the_same_names_and_a_slip_in_the_birth_date_are_compared() -> None:
    autres = [
        autre(f"D{rang}", nom="dubreuil", prenoms="elodie", naissance=date(1978, mois, jour))
        for rang, (mois, jour) in enumerate([(3, 14), (3, 15), (4, 14)], start=2)
    ]
    assert rapprocher([ELODIE, autres[0]], au_dela=500).scores == {("D1", "D2"): 4.25}
    assert rapprocher([ELODIE, autres[1]], au_dela=500).scores == {}
    assert rapprocher(autres, au_dela=500).scores == {("D2", "D3"): 4.25, ("D2", "D4"): 4.25}


def test_territories_are_not_compared() -> None:
    ailleurs = Adulte("D2", "dubreuil", "", "elodie", date(1987, 3, 14), territoire="02A")
    assert rapprocher([ELODIE, ailleurs], au_dela=500).scores == {}


def test_what_too_many_share_is_compared_at_equal_names() -> None:
    jour = date(1985, 1, 1)
    adultes = [
        autre(f"D{rang}", nom=nom, prenoms="ines", naissance=jour, nir=nir)
        for rang, (nom, nir) in enumerate([("leca", ""), ("leca", ""), ("lecas", "1"), ("zimmer", "1")])
    ]
    bornees = rapprocher(adultes, au_dela=3)
    assert set(bornees.scores) == {("D0", "D1"), ("D2", "D3")}
    assert bornees.cles_communes == 1
    assert len(rapprocher(adultes, au_dela=4).scores) == 6
