"""A machine that cannot close the reading process in reads no file, and ``sne sante`` says why and what to do."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sne.cli.diagnostic import _lecture
from sne.documents.lecture import enclos, enfant
from sne.documents.lecture.depot import analyser, constater_enclos
from sne.documents.rules import DocumentRefuse, Limites
from tests.documents.lecture.pdf_brut import document
from tests.documents.limites import BORNES

pytestmark = pytest.mark.django_db
EXIGEANTES = replace(BORNES, enclos_exige=True)


@pytest.fixture(autouse=True)
def travail(settings: Any, tmp_path: Path) -> None:
    settings.DOSSIER_DOCUMENTS = tmp_path


@pytest.fixture
def murs(sur_place: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the machine closes with, to be changed by the test."""
    acquis: list[str] = []
    monkeypatch.setattr(enclos, "fermer", lambda *_, **__: list(acquis))
    return acquis


def lire(dossier: Path) -> int:
    (dossier / "recu").write_bytes(document())
    limites = Limites(octets=20_000_000, pages=300, lecture=EXIGEANTES)
    return analyser(dossier / "recu", dossier=dossier, limites=limites).nombre_pages


@pytest.mark.parametrize("present", [[], ["reseau"], ["fichiers"]])
def test_no_file_is_read_by_a_process_that_is_not_closed_in(
    present: list[str], murs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    murs += present
    with pytest.raises(DocumentRefuse) as refus:
        lire(tmp_path)
    assert refus.value.code == "LECTURE_INDISPONIBLE"
    assert not any(tmp_path.glob("lecture-*/original"))
    assert constater_enclos(dossier=tmp_path, bornes=EXIGEANTES) == set(present)


def test_one_closed_in_reads(murs: list[str], tmp_path: Path) -> None:
    murs += enclos.MURS
    assert lire(tmp_path) == 1


def test_answer_that_says_nothing_of_walls_has_none(
    tmp_path: Path, sur_place: None, monkeypatch: Any
) -> None:
    def forger(recu: dict[str, str]) -> int:
        Path(recu["dossier"], "reponse.json").write_text(json.dumps({"enclos": "reseau"}))
        return 0

    monkeypatch.setattr(enfant, "traiter", forger)
    assert constater_enclos(dossier=tmp_path, bornes=BORNES) == set()


def test_health_says_that_it_is_closed(murs: list[str]) -> None:
    murs += enclos.MURS
    assert _lecture().bon
    assert _lecture().constat.endswith("appels au noyau non filtrés : installez libseccomp2")
    murs += ["appels"]
    assert _lecture().constat == "fermée : ni réseau, ni autre fichier, ni programme"


@pytest.mark.parametrize(("exige", "suite"), [(True, "sont refusés"), (False, "en démonstration seulement")])
def test_health_says_what_is_missing_and_the_remedy(
    exige: bool, suite: str, murs: list[str], settings: Any
) -> None:
    settings.ENCLOS_EXIGE = exige
    assert _lecture().bon is not exige
    assert "noyau 5.13" in _lecture().constat
    assert "user.max_user_namespaces" in _lecture().constat
    assert _lecture().constat.endswith(suite)
    murs += ["fichiers"]
    assert "Landlock" not in _lecture().constat
    murs[:] = ["reseau"]
    assert "espaces de noms" not in _lecture().constat


def test_health_says_that_it_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "absent"))
    assert not _lecture().bon
    assert "ne démarre pas" in _lecture().constat


def test_this_machine_says_the_same_by_the_real_process(tmp_path: Path) -> None:
    trouves = constater_enclos(dossier=tmp_path, bornes=BORNES)
    if not trouves.issuperset(enclos.MURS):
        pytest.skip(f"this kernel closes in with {sorted(trouves)} only")
    assert lire(tmp_path) == 1
