"""After the whole suite, no technical line names anybody: neither a log file that its processes wrote, nor a line of
the service that ran in the tests' own process, nor the server of the tests.

A run fails on the first address, name or number found; what is said of it shows where, and never what.
"""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from stdnum.fr import nir

from sne.demo.comptes import COMPTES
from sne.socle.postgres import _dossier_des_essais
from sne.textes.rules.numeros import COURRIEL

NOMS = {mot for compte in COMPTES for mot in compte.nom.split() if len(mot) > 3} | {"Dubreuil", "Élodie"}
"""Of the accounts of the demonstration, and of the household that most tests register."""
NUD = re.compile(r"\b(?:\d{3}|02[AB])(?:0[1-9]|1[0-2])\d{8}[A-Z]\d{4}\b")
NIR = re.compile(r"\b[12]\d{14}\b")
TELEPHONE = re.compile(r"(?<![\w.+-])(?:\+33|0033|0)[1-9]\d{8}(?![\w-])")
MOT = re.compile(r"\w+")
NOTRES = ("sne", "django", "procrastinate", "config")
"""Loggers of the service; those of the tests' own tools say what they want."""


def nomme(ligne: str) -> str:
    """What kind of trace of somebody a line bears; empty for none."""
    if COURRIEL.search(ligne):
        return "une adresse"
    if NUD.search(ligne):
        return "un numéro unique"
    if any(nir.is_valid(trouve) for trouve in NIR.findall(ligne)):
        return "un NIR"
    if TELEPHONE.search(ligne):
        return "un téléphone"
    return "un nom" if NOMS & {*MOT.findall(ligne)} else ""


def list_traces(fichier: Path, *, depuis: int = 0) -> Iterator[str]:
    """One sentence a kind of trace found in a log, after that many bytes."""
    with fichier.open("rb") as flux:
        flux.seek(depuis)
        vues = {}
        for rang, ligne in enumerate(flux, start=1):
            if quoi := nomme(ligne.decode(errors="replace")):
                vues.setdefault(quoi, rang)
    yield from (f"{fichier} : {quoi}, ligne {rang}" for quoi, rang in vues.items())


class Ecoute(logging.Handler):
    """Reads each line of the service as it would be written. ``traces``: logger and kind of trace, once each."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.traces: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in NOTRES and (quoi := nomme(self.format(record))):
            self.traces[f"{record.name} ({record.filename}:{record.lineno}) : {quoi}"] = None


class Traces:
    """The plugin: listens in each process of the tests, gathers, reads the files, fails the run."""

    def __init__(self) -> None:
        self.ecoute: Ecoute | None = None
        self.trouvees: list[str] = []
        self.serveur: tuple[Path, int] | None = None

    def pytest_sessionstart(self) -> None:
        """Where the log of the tests' server stands, and one more reader of the service's lines."""
        journal = _dossier_des_essais() / "serveur.log"
        self.serveur = (journal, journal.stat().st_size) if journal.exists() else None
        sorties = [h.formatter for h in logging.getLogger().handlers if h.formatter]
        jsons = [f for f in sorties if isinstance(f, structlog.stdlib.ProcessorFormatter)]
        self.ecoute = Ecoute(jsons[0]) if jsons else None

    def pytest_runtest_setup(self) -> None:
        """A command that a test ran may have set the lines up anew: we listen again."""
        racine = logging.getLogger()
        if self.ecoute and self.ecoute not in racine.handlers:
            racine.addHandler(self.ecoute)

    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """What a worker heard."""
        self.trouvees += getattr(node, "workeroutput", {}).get("traces", [])

    def pytest_sessionfinish(self, session: Any) -> None:
        """A worker gives what it heard; who gathers reads the files, and judges."""
        entendues = list(self.ecoute.traces) if self.ecoute else []
        if hasattr(session.config, "workerinput"):
            session.config.workeroutput["traces"] = entendues
            return
        self.trouvees += entendues
        for fichier in sorted(session.config._tmp_path_factory.getbasetemp().rglob("*.log")):
            self.trouvees += list_traces(fichier)
        if self.serveur:
            self.trouvees += list_traces(self.serveur[0], depuis=self.serveur[1])
        if self.trouvees:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Where, at the end of the report."""
        if self.trouvees:
            terminalreporter.section("Une ligne technique nomme quelqu’un", red=True)
            for trace in dict.fromkeys(self.trouvees):
                terminalreporter.line(trace)
