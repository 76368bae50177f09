"""What stands around the service is read by its own program: chrony, rsyslog, journald (``make alentours`` runs it)."""

import math
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from outils.alentours.lieu import certifier
from outils.rendre import DEPLOIEMENT, rendre
from tests.deploy.test_fichiers import OUTILS, RACINE, lancer

SUIVI = "7F000001,127.0.0.1,2,1764480000.1,{ecart},0.0,0.0,0.0,0.0,0.0,0.02,0.03,64.0,{saut}"


def rendre_avec(dossier: Path, **siennes: dict[str, Any]) -> Path:
    """The files of ``deploy/`` with these values, by table."""
    valeurs = tomllib.loads((DEPLOIEMENT / "exemple.toml").read_text(encoding="utf-8"))
    certifier(dossier / "tls")
    valeurs |= {"mesures": str(dossier), "certificats": str(dossier / "tls")}
    for table, autres in siennes.items():
        valeurs[table] |= autres
    rendre(valeurs, dossier / "rendus")
    return dossier / "rendus"


def test_chrony_reads_its_own(tmp_path: Path) -> None:
    conf = rendre_avec(tmp_path, temps={"autorite": "/etc/sne/tls/ac-interne.pem"}) / "chrony/chrony.conf"
    lu = lancer("sbin/chronyd", "-p", "-f", str(conf))
    assert (lu.returncode, lu.stderr) == (0, "")
    assert lu.stdout.count(" iburst nts") == 4


@pytest.mark.parametrize(
    ("dit", "erreur"),
    [
        (SUIVI.format(ecart="0.25", saut="Normal"), 0.29),
        (SUIVI.format(ecart="-0.25", saut="Insert second"), 0.29),
        (SUIVI.format(ecart="0.0", saut="Not synchronised"), math.inf),
        ("506 Cannot talk to daemon", math.inf),
    ],
)
def test_a_clock_of_which_nothing_is_known_is_wrong_without_end(
    tmp_path: Path, dit: str, erreur: float
) -> None:
    rendus = rendre_avec(tmp_path, temps={"interroger": f"echo '{dit}'"})
    subprocess.run(["/bin/sh", rendus / "chrony/heure.sh"], check=True)
    ecrite = (tmp_path / "sne-heure.prom").read_text()
    assert float(ecrite.removeprefix("sne_heure_erreur_secondes ")) == pytest.approx(erreur)


@pytest.mark.parametrize("fichier", ["rsyslog.conf", "recepteur.conf"])
def test_rsyslog_reads_both_ends(tmp_path: Path, fichier: str) -> None:
    conf = rendre_avec(tmp_path, journaux={"travail": str(tmp_path)}) / "journal" / fichier
    modules = OUTILS / "usr/lib/x86_64-linux-gnu/rsyslog"
    lu = lancer("sbin/rsyslogd", "-N1", "-f", str(conf), "-M", str(modules))
    assert lu.returncode == 0, lu.stderr


def test_the_lines_of_every_unit_are_of_those_that_leave(tmp_path: Path) -> None:
    """A unit of which systemd says the program (« granian ») would write here alone."""
    rendus = rendre_avec(tmp_path)
    [debut] = re.findall(r'\$programname startswith "(.+?)"', (rendus / "journal/rsyslog.conf").read_text())
    unites = list(rendus.glob("systemd/*.service"))
    assert len(unites) > 4
    for unite in unites:
        assert unite.name.startswith(debut)
        assert "\nSyslogIdentifier=%p\n" in unite.read_text(encoding="utf-8"), unite.name


def test_journald_gives_no_second_copy_whatever_debian_says(tmp_path: Path) -> None:
    """Debian’s package has a file of its own, which wins over one of an earlier name."""
    voulu = (DEPLOIEMENT / "journal/journald.conf").read_text(encoding="utf-8")
    [nom] = re.findall(r"/etc/(systemd/journald\.conf\.d/\S+\.conf)", voulu)
    for racine, fichier, texte in (
        ("usr/lib", "systemd/journald.conf.d/syslog.conf", "[Journal]\nForwardToSyslog=yes\n"),
        ("etc", nom, voulu),
        ("etc", "systemd/journald.conf", "[Journal]\n"),
    ):
        (tmp_path / racine / fichier).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / racine / fichier).write_text(texte, encoding="utf-8")
    lu = subprocess.run(
        ["systemd-analyze", f"--root={tmp_path}", "cat-config", "systemd/journald.conf"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert re.findall(r"^ForwardToSyslog=(\w+)", lu, re.MULTILINE) == ["yes", "no"]


def test_what_is_in_no_image_is_left_out_of_what_builds_it() -> None:
    """All is left out but what is named; what is named is there."""
    lignes = (RACINE / ".dockerignore").read_text(encoding="utf-8").splitlines()
    regles = [ligne for ligne in lignes if not ligne.startswith("#")]
    assert regles[0] == "*"
    pris = [regle[1:] for regle in regles if regle.startswith("!")]
    assert {"pyproject.toml", "uv.lock", "sne", "config"} <= set(pris)
    assert [nom for nom in pris if not (RACINE / nom).exists() or nom in {"var", "tests", ".git"}] == []
