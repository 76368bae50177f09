"""The reading process of the tests: forks from one loaded interpreter, so that hundreds of files cost seconds."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sne.documents.lecture import bac

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
