"""The reading process of the tests: forks from one loaded interpreter, so that hundreds of files cost seconds."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sne.documents.lecture import bac, enclos, enfant

RACINE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def en_lot() -> Iterator[None]:
    """Requests go to ``lot`` instead of a new interpreter; nothing else of the path changes."""
    processus = subprocess.Popen(
        [sys.executable, "-m", "tests.documents.lecture.lot"],
        cwd=RACINE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert processus.stdin
    assert processus.stdout

    def executer(texte: str, *_: object) -> int:
        processus.stdin.write(texte + "\n")
        processus.stdin.flush()
        return int(processus.stdout.readline())

    avec = pytest.MonkeyPatch()
    avec.setattr(bac, "_executer", executer)
    yield
    avec.undo()
    processus.stdin.close()
    assert processus.wait(timeout=30) == 0
    processus.stdout.close()


@pytest.fixture
def sur_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests are answered by this very process, which stays open: for files that harm nobody, and to be measured."""
    monkeypatch.setattr(enclos, "fermer", lambda *_, **__: [])
    monkeypatch.setattr(bac, "_executer", lambda texte, *_: enfant.traiter(json.loads(texte)))
