"""Runs the command line inside the test's process and keeps what it wrote."""

import json
import os
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
    with mock.patch.dict(os.environ), CliRunner().isolation() as (sortie, erreur, _):
        code = principal.executer(arguments)
        return Resultat(code, sortie.getvalue().decode(), erreur.getvalue().decode())
