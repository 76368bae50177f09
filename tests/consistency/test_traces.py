"""What reads the logs of a whole run finds what is planted there, says where, and never what."""

import logging
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import structlog

from sne.socle.journalisation import reglages
from tests.registre.factories import nir_de
from tests.traces import Ecoute, Traces, list_traces, nomme


@pytest.mark.parametrize(
    ("ligne", "quoi"),
    [
        ('{"event": "requête", "route": "demandes/<nud>/", "duree_ms": 12.5}', ""),
        ("0199f0a2-1185-7c05-8078-006084361234 2026-11-24T10:31:00.123456Z", ""),
        ("on écrit à nadia@exemple.fr", "une adresse"),
        ("demande 0991126000123G0993 perdue", "un numéro unique"),
        ("appeler le 0612345678", "un téléphone"),
        ("appeler +33612345678.", "un téléphone"),
        ('{"duree_s": 0.0612345678, "tache": "01a2295b-0612345678ab"}', ""),
        ("Mme Dubreuil", "un nom"),
    ],
)
def test_a_line_that_names_somebody_is_known(ligne: str, quoi: str) -> None:
    assert nomme(ligne) == quoi


def test_a_social_security_number_is_one_by_its_key() -> None:
    numero = nir_de(date(1987, 3, 14))
    assert nomme(f"lu : {numero}.") == "un NIR"
    assert nomme(f"lu : {numero[:-2]}{(int(numero[-2:]) % 97) + 1:02d}.") == ""


def test_a_run_that_names_somebody_fails_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier = tmp_path / "web.log"
    fichier.write_text("rien\nadresse : nadia@exemple.fr\n")
    try:
        assert list(list_traces(fichier)) == [f"{fichier} : une adresse, ligne 2"]
        assert list(list_traces(fichier, depuis=fichier.stat().st_size)) == []
        chef, ouvrier = Traces(), Traces()
        ouvrier.ecoute = Ecoute(logging.Formatter("%(message)s"))
        ouvrier.ecoute.handle(logging.makeLogRecord({"name": "sne.essai", "msg": "Élodie"}))
        ouvrier.ecoute.handle(logging.makeLogRecord({"name": "aiosmtpd", "msg": "Élodie"}))
        noeud = SimpleNamespace(workerinput={}, workeroutput={})
        ouvrier.pytest_sessionfinish(SimpleNamespace(config=noeud))
        chef.pytest_testnodedown(noeud, None)
        config = SimpleNamespace(_tmp_path_factory=SimpleNamespace(getbasetemp=lambda: tmp_path))
        session = SimpleNamespace(config=config, exitstatus=0)
        chef.pytest_sessionfinish(session)
    finally:
        fichier.unlink()  # this very run reads its own
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED
    assert [trace.rpartition(" : ")[2] for trace in chef.trouvees] == ["un nom", "une adresse, ligne 2"]
    dits: list[str] = []
    chef.pytest_terminal_summary(SimpleNamespace(section=lambda *_, **__: None, line=dits.append))
    assert len(dits) == 2
    assert not any("nadia" in dit or "lodie" in dit for dit in dits)


def test_the_lines_of_the_service_are_read_as_they_are_written() -> None:
    """By the formatter of production: what it takes away is no trace, what it leaves is one."""
    formatter: Any = structlog.stdlib.ProcessorFormatter
    reglage = reglages()["formatters"]["json"]
    ecoute = Ecoute(
        formatter(processors=reglage["processors"], foreign_pre_chain=reglage["foreign_pre_chain"])
    )
    for message in ("tout va bien", "adresse de Dubreuil"):
        ecoute.handle(logging.makeLogRecord({"name": "sne.essai", "msg": message}))
    assert [trace.rpartition(" : ")[2] for trace in ecoute.traces] == ["un nom"]


def test_this_run_listens(pytestconfig: pytest.Config) -> None:
    ecoute = pytestconfig.pluginmanager.get_plugin("traces").ecoute
    assert isinstance(ecoute, Ecoute)
    assert ecoute in logging.getLogger().handlers
