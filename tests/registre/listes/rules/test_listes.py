"""Work lists as data: filters that travel, positions, pages, counts in words."""

import uuid
from datetime import UTC, date, datetime

import pytest

from sne.registre.listes.rules import listes as r
from sne.socle.pages import DEBUT, Position

UN, DEUX = uuid.UUID(int=1), uuid.UUID(int=2)
ECHEANCE = r.LISTES[r.CodeListe.ECHEANCE]


def test_each_list_is_described() -> None:
    assert set(r.LISTES) == set(r.CodeListe)
    assert set(r.TITRES) == set(r.Colonne)
    for code, liste in r.LISTES.items():
        assert liste.code is code
        assert liste.titre
        assert liste.objet.endswith(".")
        assert liste.vide.endswith(".")
        assert liste.colonnes[0] is r.Colonne.NUMERO
        assert r.etats_en_mots(liste)


def test_no_column_is_of_health_nor_a_number() -> None:
    interdites = ("NIR", "SANTE", "HANDICAP", "COURRIEL", "TELEPHONE", "NAISSANCE")
    assert not [c for c in r.Colonne if any(mot in c for mot in interdites)]


@pytest.mark.parametrize(
    ("filtre", "attendu"),
    [
        (r.Filtre(), {}),
        (r.Filtre(mutation=False), {"mutation": False}),
        (
            r.Filtre(guichet="G0993", depot_du=date(2026, 1, 2), mutation=True, personnes=6, inverse=True),
            {
                "guichet": "G0993",
                "depot_du": "2026-01-02",
                "mutation": True,
                "personnes": 6,
                "inverse": True,
            },
        ),
    ],
)
def test_a_filter_is_stored_and_read_again(filtre: r.Filtre, attendu: dict[str, object]) -> None:
    assert filtre.en_json() == attendu
    assert r.lire_filtre(attendu | {"inconnu": 1}) == filtre


def test_a_position_travels() -> None:
    place = Position(date(2026, 11, 24), UN)
    assert DEBUT.texte == ""
    assert r.lire_position(ECHEANCE, apres=place.texte, avant="") == place
    assert r.lire_position(ECHEANCE, apres="", avant=place.texte).en_arriere


@pytest.mark.parametrize("texte", ["", "x", "2026-11-24", "2026-13-24~x", f"hier~{UN}", "2026-11-24~zz"])
def test_what_cannot_be_read_is_the_first_page(texte: str) -> None:
    assert r.lire_position(ECHEANCE, apres=texte, avant="") == DEBUT


@pytest.mark.parametrize(
    ("nombre", "mots"),
    [
        (0, "0\u00a0dossier"),
        (1, "1\u00a0dossier"),
        (12, "12\u00a0dossiers"),
        (1001, "plus de 1\u202f000\u00a0dossiers"),
    ],
)
def test_a_bounded_count_in_words(nombre: int, mots: str) -> None:
    assert r.nombre_en_mots(nombre, au_plus=1000) == mots


def test_an_export_cut_short_says_so() -> None:
    assert r.export_coupe(50_000).startswith("Export limité à 50\u202f000\u00a0lignes\u00a0:")


def test_an_instant_without_its_zone_is_the_first_page() -> None:
    par_instant = r.LISTES[r.CodeListe.MIENNES]
    instant = datetime(2026, 11, 24, 10, tzinfo=UTC)
    place = Position(instant, DEUX)
    assert r.lire_position(par_instant, apres=place.texte, avant="") == place
    assert r.lire_position(par_instant, apres=f"2026-11-24T10:00:00~{UN}", avant="") == DEBUT
