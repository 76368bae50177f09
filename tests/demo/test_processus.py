"""A supervised child: restarted when it falls, stopped with its whole group, never left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sne.demo import processus
from sne.demo.processus import MARQUE, Enfant, tuer_les_restes
from sne.socle.laisse import laisse
from tests.demo.demonstration import attendre, vit

DORMIR = (sys.executable, "-c", "import time; time.sleep(60)")
SOURD = (
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('prêt', flush=True); time.sleep(60)",
)
FAMILLE = (
    sys.executable,
    "-c",
    "import subprocess, sys, time; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); time.sleep(60)",
)


@pytest.fixture
def enfant(tmp_path: Path) -> Iterator[Enfant]:
    un = Enfant("essai", DORMIR, {}, tmp_path / "journaux" / "essai.log")
    yield un
    un.tuer_le_groupe()


def test_child_runs_in_a_group_of_its_own_with_its_environment(tmp_path: Path) -> None:
    montrer = (sys.executable, "-c", "import os; print(os.environ['SNE_ESSAI'], os.getpgrp() == os.getpid())")
    un = Enfant("essai", montrer, {"SNE_ESSAI": "valeur"}, tmp_path / "essai.log")
    un.lancer()
    attendre(lambda: not un.vit(), "ended")
    assert un.fin_du_journal() == "valeur True\n"


def test_child_of_a_supervisor_already_dead_never_starts() -> None:
    """Killed between the start and the tie: nothing would ever end such a child."""
    *debut, parent = laisse("TERM")
    assert parent == str(os.getpid())
    fait = subprocess.run([*debut, "1", "echo", "parti"], capture_output=True, text=True, check=False)
    assert (fait.stdout, fait.returncode) == ("", 1)


def test_running_child_is_left_alone(enfant: Enfant) -> None:
    enfant.lancer()
    avant = enfant.pid
    assert enfant.surveiller() is False
    assert enfant.pid == avant


def test_fallen_child_is_started_again(enfant: Enfant) -> None:
    enfant.lancer()
    assert enfant.pid
    avant = enfant.pid
    os.kill(avant, signal.SIGKILL)
    attendre(enfant.surveiller, "started again")
    assert enfant.vit()
    assert enfant.pid != avant


def test_child_that_keeps_falling_waits_longer_each_time(tmp_path: Path) -> None:
    un = Enfant("essai", ("false",), {}, tmp_path / "essai.log")
    un.lancer()
    reprises = []
    for _ in range(3):
        attendre(lambda: not un.vit(), "fallen")
        avant = un.chutes[-1] if un.chutes else 0
        un.surveiller()
        assert un.chutes[-1] > avant
        reprises.append(un.reprise_a - un.chutes[-1])
        attendre(lambda: un.surveiller() or un.processus is not None, "started again")
    un.tuer_le_groupe()
    assert reprises == sorted(reprises)
    assert reprises[-1] > reprises[0] == 0


def test_leftovers_of_the_group_are_killed(tmp_path: Path) -> None:
    un = Enfant("essai", FAMILLE, {}, tmp_path / "essai.log")
    un.lancer()
    petit_enfant = int(attendre(un.fin_du_journal, "grandchild started"))
    assert un.pid
    os.kill(un.pid, signal.SIGKILL)
    attendre(lambda: not un.vit(), "leader gone")
    assert vit(petit_enfant)
    un.surveiller()
    attendre(lambda: not vit(petit_enfant), "grandchild gone")
    un.tuer_le_groupe()


def test_child_asked_to_stop_stops(enfant: Enfant) -> None:
    enfant.lancer()
    enfant.demander_arret()
    enfant.attendre_arret()
    assert not enfant.vit()
    enfant.demander_arret()  # nothing to ask any more


def test_child_that_will_not_stop_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processus, "DELAI_ARRET", 0.3)
    un = Enfant("essai", SOURD, {}, tmp_path / "essai.log")
    un.lancer()
    attendre(un.fin_du_journal, "ready")
    un.demander_arret()
    un.attendre_arret()
    assert un.processus is not None
    assert un.processus.returncode == -signal.SIGKILL


def test_child_never_started_has_nothing_to_stop() -> None:
    un = Enfant("essai", DORMIR, {})
    un.demander_arret()
    un.attendre_arret()
    un.tuer_le_groupe()
    assert un.pid is None
    assert un.fin_du_journal() == ""


def test_child_dies_with_the_process_that_started_it(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from sne.demo.processus import Enfant; "
        "e = Enfant('essai', (sys.executable, '-c', 'import time; time.sleep(60)'), {}); e.lancer(); "
        "print(e.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    fait = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert fait.returncode == -signal.SIGKILL
    attendre(lambda: not vit(int(fait.stdout)), "child gone")


def test_only_children_of_this_folder_are_cleared(tmp_path: Path) -> None:
    lances = [
        subprocess.Popen(DORMIR, env={**os.environ, MARQUE: str(dossier)})
        for dossier in (tmp_path / "ici", tmp_path / "ailleurs")
    ]
    attendre(lambda: all(MARQUE in Path(f"/proc/{p.pid}/environ").read_text() for p in lances), "started")
    tuer_les_restes(tmp_path / "ici")
    assert lances[0].wait(timeout=10) == -signal.SIGKILL
    assert lances[1].poll() is None
    lances[1].kill()
    lances[1].wait()
