"""Runs the command line inside the test's process and keeps what it wrote."""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from click.testing import CliRunner

from sne.cli import principal


@dataclass(frozen=True)
class Resultat:
    """Exit status and what was written on each output."""

    code: int
    sortie: str
    erreur: str

    @property
    def json(self) -> Any:
        return json.loads(self.sortie)


def sne(*arguments: str) -> Resultat:
    """Run ``sne ARGUMENTS…``; what it sets of the environment, its role first, is forgotten with it."""
    with mock.patch.dict(os.environ), lignes_gardees(), CliRunner().isolation() as (sortie, erreur, _):
        code = principal.executer(arguments)
        return Resultat(code, sortie.getvalue().decode(), erreur.getvalue().decode())


@contextmanager
def lignes_gardees() -> Iterator[None]:
    """A command sets the technical lines up anew, towards its own error output, which is closed after it."""
    racine = logging.getLogger()
    avant = racine.handlers[:]
    try:
        yield
    finally:
        racine.handlers[:] = avant
