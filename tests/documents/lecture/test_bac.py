"""The reading process is closed in; whatever its end or its answer, the caller has one clear refusal."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sne.documents.lecture import bac
from sne.documents.lecture.depot import Page, analyser, dessiner_page
from sne.documents.rules import DocumentRefuse, Limites
from sne.documents.rules.bornes import Bornes
from tests.documents.lecture.bombes import bombes
from tests.documents.lecture.pdf_brut import document
from tests.documents.limites import BORNES

LIMITES = Limites(octets=20_000_000, pages=300, lecture=BORNES)


def code(dossier: Path, octets: bytes, bornes: Bornes = BORNES) -> str:
    (dossier / "recu").write_bytes(octets)
    with pytest.raises(DocumentRefuse) as refus:
        analyser(dossier / "recu", dossier=dossier, limites=replace(LIMITES, lecture=bornes))
    return refus.value.code


def test_nothing_gets_out_of_the_closed_process(tmp_path: Path) -> None:
    dossier = tmp_path / "atelier"
    dossier.mkdir()
    (dossier / "recu").touch()
    (tmp_path / "recu").write_text("tel que reçu")
    (tmp_path / "secret").write_text("NIR")
    with socket.create_server(("127.0.0.1", 0)) as serveur:
        fait = subprocess.run(
            [
                sys.executable,
                "-I",
                Path(__file__).with_name("evasion.py"),
                dossier,
                tmp_path / "secret",
                str(serveur.getsockname()[1]),
            ],
            input=json.dumps(BORNES.en_dict()),
            capture_output=True,
            text=True,
            check=True,
            env={},
        )
    dit = json.loads(fait.stdout)
    if set(dit["acquis"]) != {"reseau", "fichiers", "appels"}:
        pytest.skip(f"this kernel closes in with {dit['acquis']} only")
    assert (dit["reussis"], dit["sortie"]) == ([], True), dit
    assert (tmp_path / "recu").read_text() == "tel que reçu"


def test_child_knows_neither_django_nor_our_environment() -> None:
    """Starting it stays cheap, and no key of ours is in its memory."""
    modules = (
        "import sys, os; import sne.documents.lecture.enfant, sne.documents.lecture.reecriture, "
        "sne.documents.lecture.filigrane, sne.documents.lecture.remaniement; print(*sys.modules)"
    )
    sortie = subprocess.run(
        [sys.executable, "-I", "-c", modules], capture_output=True, text=True, check=True, env={}
    )
    assert {"django", "config", "pydantic", "structlog", "psycopg"}.isdisjoint(sortie.stdout.split())


@pytest.mark.parametrize(
    ("bornes", "attendus"),
    [
        (replace(BORNES, duree=0.01), {"TROP_LONG"}),
        (replace(BORNES, processeur=0), {"TROP_LONG", "ILLISIBLE"}),
        (replace(BORNES, memoire=40_000_000), {"TROP_COMPLEXE", "ILLISIBLE", "ABIME"}),
        (replace(BORNES, ecriture=10), {"ILLISIBLE", "ABIME"}),
        (replace(BORNES, fichiers_ouverts=1), {"ILLISIBLE", "ABIME"}),
    ],
)
def test_death_of_the_reader_is_a_refusal(bornes: Bornes, attendus: set[str], tmp_path: Path) -> None:
    assert code(tmp_path, document(), bornes) in attendus


@pytest.mark.parametrize(
    "nom",
    [
        "flate-simple",
        "flate-double",
        "milliard-de-formes",
        "png-vraie-bombe",
        "png-iTXt-bombe",
        "arbre-profond",
    ],
)
def test_bombs_against_the_real_reader(nom: str, tmp_path: Path) -> None:
    octets, codes = next((o, c) for n, o, c in bombes() if n == nom)
    assert code(tmp_path, octets, replace(BORNES, processeur=2, flux_decode=30_000_000)) in codes


def test_missing_interpreter_is_a_failure_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "absent"))
    assert code(tmp_path, document()) == "LECTURE_INDISPONIBLE"


def test_missing_library_is_a_failure_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bac, "ENFANT", "sne.documents.lecture.absent")
    monkeypatch.setattr(bac, "FINS", {1: "LECTURE_INDISPONIBLE"})
    assert code(tmp_path, document()) == "LECTURE_INDISPONIBLE"


FAUX = {"mime": "application/pdf", "pages": 1}


@pytest.mark.parametrize(
    "reponse",
    [
        b"",
        b"pas du json",
        b"[1, 2]",
        b"[" * 100_000,
        b'{"refus": "INVENTE"}',
        b'{"refus": "TROP_DE_PAGES"}',
        b'{"refus": "TROP_DE_PAGES", "valeurs": {"pages": "{0.__class__}"}}',
        b'{"refus": 12, "valeurs": 3}',
        b'{"mime": "text/html", "pages": 1}',
        b'{"mime": "application/pdf", "pages": 100000}',
        b'{"mime": "application/pdf", "pages": "1"}',
        json.dumps(FAUX).encode(),
    ],
)
def test_forged_answer_is_not_believed(
    reponse: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repondre(monkeypatch, lambda dossier: (dossier / "reponse.json").write_bytes(reponse))
    assert code(tmp_path, document()) == "ILLISIBLE"


def test_forged_files_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links and pipes in place of files would have us keep another file, or wait for ever."""
    secret = tmp_path / "secret"
    secret.write_text("NIR")

    def forger(dossier: Path) -> None:
        (dossier / "original").symlink_to(secret)
        (dossier / "vignette-1").write_bytes(b"")
        (dossier / "reponse.json").write_text(json.dumps(FAUX))

    repondre(monkeypatch, forger)
    assert code(tmp_path, document()) == "ILLISIBLE"
    repondre(monkeypatch, lambda dossier: os.mkfifo(dossier / "reponse.json"))
    assert code(tmp_path, document()) == "ILLISIBLE"
    repondre(monkeypatch, lambda dossier: (dossier / "reponse.json").symlink_to(secret))
    assert code(tmp_path, document()) == "ILLISIBLE"
    repondre(monkeypatch, lambda dossier: (dossier / "reponse.json").write_text("{}"))
    with pytest.raises(DocumentRefuse):
        dessiner_page(
            secret, tmp_path / "page", mime="image/png", page=Page(1, 100), filigrane=None, bornes=BORNES
        )


def repondre(monkeypatch: pytest.MonkeyPatch, forger: Callable[[Path], object]) -> None:
    def executer(texte: str, dossier: Path, bornes: Bornes) -> int:
        forger(dossier)
        return 0

    monkeypatch.setattr(bac, "_executer", executer)
