"""The conversion of the package of official divisions, on a package of six communes."""

import csv
import gzip
import importlib.util
import io
import json
import tarfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

RACINE = Path(__file__).resolve().parents[2]
METRO: dict[str, Any] = {"zone": "metro"}
PAQUET: dict[str, list[dict[str, Any]]] = {
    "regions": [{"code": "11", "nom": "Île-de-France"}, {"code": "93", "nom": "Provence-Alpes-Côte d'Azur"}],
    "departements": [
        {"code": "75", "nom": "Paris", "region": "11", **METRO},
        {"code": "06", "nom": "Alpes-Maritimes", "region": "93", **METRO},
        {"code": "975", "nom": "Saint-Pierre-et-Miquelon", "region": "975", "zone": "com"},
    ],
    "communes": [
        {
            "type": "commune-actuelle",
            "code": "75056",
            "nom": "Paris",
            "departement": "75",
            "codesPostaux": ["75002", "75001"],
            "population": 2,
        },
        {
            "type": "arrondissement-municipal",
            "code": "75101",
            "nom": "Paris 1er Arrondissement",
            "departement": "75",
            "commune": "75056",
            "codesPostaux": ["75001"],
        },
        {
            "type": "commune-actuelle",
            "code": "06012",
            "nom": "L'Escarène",
            "departement": "06",
            "codesPostaux": ["06440"],
            "anciensCodes": ["06900", "06901"],
        },
        {
            "type": "commune-deleguee",
            "code": "06901",
            "nom": "Le Val",
            "departement": "06",
            "chefLieu": "06012",
        },
        {"type": "commune-actuelle", "code": "97501", "nom": "Miquelon-Langlade", "departement": "975"},
    ],
    "epci": [
        {"code": "200054781", "nom": "Métropole d'essai", "type": "METRO", "membres": [{"code": "75056"}]}
    ],
    "ept": [{"code": "200057867", "nom": "EPT d'essai", "type": "EPT", "membres": [{"code": "75056"}]}],
}


@pytest.fixture(scope="module")
def outil() -> ModuleType:
    """The script, imported from its file."""
    spec = importlib.util.spec_from_file_location(
        "construire_geographie", RACINE / "outils/construire_geographie.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def empaqueter(chemin: Path, tables: dict[str, list[dict[str, Any]]]) -> Path:
    """An archive as ``npm pack`` makes it."""
    with tarfile.open(chemin, "w:gz") as archive:
        for nom, lignes in tables.items():
            octets = json.dumps(lignes).encode()
            entree = tarfile.TarInfo(f"package/data/{nom}.json")
            entree.size = len(octets)
            archive.addfile(entree, io.BytesIO(octets))
    return chemin


def lire(fichier: Path) -> list[list[str]]:
    """Rows of a written file, without its header."""
    octets = fichier.read_bytes()
    texte = (gzip.decompress(octets) if fichier.suffix == ".gz" else octets).decode()
    return list(csv.reader(io.StringIO(texte)))[1:]


def test_construire(outil: ModuleType, tmp_path: Path) -> None:
    outil.construire(empaqueter(tmp_path / "paquet.tgz", PAQUET), tmp_path)
    assert lire(tmp_path / "territoires.csv") == [
        ["006", "Alpes-Maritimes", "DEPARTEMENTAL", "Europe/Paris"],
        ["111", "Île-de-France", "REGIONAL", "Europe/Paris"],
    ]
    assert lire(tmp_path / "departements.csv") == [
        ["06", "Alpes-Maritimes", "93", "006"],
        ["75", "Paris", "11", "111"],
        ["975", "Saint-Pierre-et-Miquelon", "975", ""],
    ]
    assert lire(tmp_path / "communes.csv.gz") == [
        ["06012", "L’Escarène", "06", "", "", "", "", "06440"],
        ["75056", "Paris", "75", "", "200054781", "200057867", "2", "75001 75002"],
        ["75101", "Paris 1er Arrondissement", "75", "75056", "200054781", "200057867", "", "75001"],
        ["97501", "Miquelon-Langlade", "975", "", "", "", "", ""],
    ]
    assert lire(tmp_path / "communes_rattachees.csv.gz") == [
        ["06900", "", "ANCIEN_CODE", "06012"],
        ["06901", "Le Val", "DELEGUEE", "06012"],
    ]
    assert lire(tmp_path / "epci.csv") == [
        ["200054781", "Métropole d’essai", "METRO"],
        ["200057867", "EPT d’essai", "EPT"],
    ]


def test_same_package_gives_the_same_bytes(outil: ModuleType, tmp_path: Path) -> None:
    archive = empaqueter(tmp_path / "paquet.tgz", PAQUET)
    ecrits = []
    for essai in ("un", "deux"):
        dossier = tmp_path / essai
        dossier.mkdir()
        outil.construire(archive, dossier)
        ecrits.append({f.name: f.read_bytes() for f in dossier.iterdir()})
    assert ecrits[0] == ecrits[1]


def test_incomplete_package_is_refused(outil: ModuleType, tmp_path: Path) -> None:
    incomplet = {nom: lignes for nom, lignes in PAQUET.items() if nom != "ept"}
    with pytest.raises(KeyError, match="ept"):
        outil.construire(empaqueter(tmp_path / "paquet.tgz", incomplet), tmp_path)
