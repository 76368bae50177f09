"""What a run of the tests proves of the decisions of the programme: written to the file that ``SNE_PREUVES`` names."""

import os
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from sne.programme.rules.livrees import Preuve, ecrire_preuves

VUES: dict[tuple[str, str], bool] = {}
"""Decision and test → whether it passed, whatever its parameters."""


def dire_les_decisions(items: list[pytest.Item]) -> None:
    """What a test proves goes with its report, from whichever worker ran it."""
    for item in items:
        item.user_properties += [("decision", m.args[0]) for m in item.iter_markers("decision")]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test that did not pass in each of its cases, from its set-up to its end, proves nothing."""
    for nom, code in report.user_properties:
        if nom == "decision":
            cle = (str(code), report.nodeid.partition("[")[0])
            VUES[cle] = VUES.get(cle, True) and report.outcome == "passed"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One file a run, by who gathers the reports."""
    chemin = os.environ.get("SNE_PREUVES", "")
    if chemin and not hasattr(session.config, "workerinput"):
        preuves = (Preuve(code, test, reussi) for (code, test), reussi in VUES.items())
        le = datetime.now(UTC).replace(microsecond=0)
        Path(chemin).write_text(ecrire_preuves(version("sne"), le, preuves) + "\n", "utf-8")
