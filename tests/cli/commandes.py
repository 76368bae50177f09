"""Runs the command line inside the test's process and keeps what it wrote."""

import json
from dataclasses import dataclass
from typing import Any

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
    """Run ``sne ARGUMENTS…``."""
    with CliRunner().isolation() as (sortie, erreur, _):
        code = principal.executer(arguments)
        return Resultat(code, sortie.getvalue().decode(), erreur.getvalue().decode())
