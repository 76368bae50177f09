"""Trees of hashes: the vectors of Certificate Transparency, and every proof of every small tree against its root."""

import pytest

from sne.journal.rules.merkle import (
    Cretes,
    chemin_coherence,
    chemin_inclusion,
    hacher_feuille,
    racine,
    sommet_de,
)
from tools.verifier_journal.empreintes import Illisible, racine_par_chemin, racines_par_chemin

# The leaves and roots of the reference implementation of RFC 6962 (google/certificate-transparency).
DONNEES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
RACINES = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
FEUILLES = [hacher_feuille(bytes.fromhex(d)) for d in DONNEES]
MANY = [hacher_feuille(bytes([i])) for i in range(20)]


def test_roots_are_those_of_the_reference() -> None:
    assert [racine(FEUILLES[: n + 1]).hex() for n in range(8)] == RACINES
    assert racine([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_inclusion_path_is_that_of_the_reference() -> None:
    assert [n.hex() for n in chemin_inclusion(0, 8, sommet_de(FEUILLES))] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


def test_consistency_path_is_that_of_the_reference() -> None:
    assert [n.hex() for n in chemin_coherence(6, 8, sommet_de(FEUILLES))] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize("nombre", range(1, len(MANY) + 1))
def test_every_leaf_proves_itself_and_no_other(nombre: int) -> None:
    sommet, attendue = sommet_de(MANY), racine(MANY[:nombre])
    for rang in range(nombre):
        chemin = [n.hex() for n in chemin_inclusion(rang, nombre, sommet)]
        assert racine_par_chemin(MANY[rang], rang, nombre, chemin) == attendue
        assert racine_par_chemin(MANY[rang - 1], rang, nombre, chemin) != attendue or nombre == 1
        with pytest.raises(Illisible, match="long"):
            racine_par_chemin(MANY[rang], rang, nombre, [*chemin, MANY[0].hex()])
        if chemin:
            with pytest.raises(Illisible, match="court"):
                racine_par_chemin(MANY[rang], rang, nombre, chemin[:-1])


@pytest.mark.parametrize("apres", range(1, len(MANY) + 1))
def test_every_tree_begins_with_every_earlier_one(apres: int) -> None:
    sommet = sommet_de(MANY)
    assert chemin_coherence(apres, apres, sommet) == []
    for avant in range(1, apres):
        racines = (racine(MANY[:avant]), racine(MANY[:apres]))
        chemin = [n.hex() for n in chemin_coherence(avant, apres, sommet)]
        assert racines_par_chemin(avant, apres, racines[0], chemin) == racines
        for autre in ([*chemin, MANY[0].hex()], chemin[:-1]):
            assert racines_par_chemin(avant, apres, racines[0], autre) != racines


def test_what_is_no_tree_proves_nothing() -> None:
    with pytest.raises(ValueError, match="not in the tree"):
        chemin_inclusion(3, 3, sommet_de(MANY))
    with pytest.raises(ValueError, match="smaller"):
        chemin_coherence(4, 3, sommet_de(MANY))
    with pytest.raises(ValueError, match="bits"):
        Cretes(3, [MANY[0]])


def test_a_tree_that_grows_has_the_same_roots() -> None:
    cretes = Cretes()
    assert cretes.racine() == racine([])
    for n, feuille in enumerate(MANY, start=1):
        cretes.ajouter(feuille)
        assert (cretes.nombre, cretes.racine()) == (n, racine(MANY[:n]))
