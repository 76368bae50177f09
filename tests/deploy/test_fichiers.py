"""Every file of ``deploy/`` is read by its own program: nginx, HAProxy, systemd, chrony…; alerts have their page."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from outils import tableaux
from outils.exercices.valeurs import SECRETS, valeurs
from outils.rendre import DEPLOIEMENT, rendre

RACINE = DEPLOIEMENT.parent
OUTILS = RACINE / ".outils" / "production"
ALERTES = (DEPLOIEMENT / "prometheus" / "alertes.yml").read_text(encoding="utf-8")


def lancer(programme: str, *arguments: str, ou: Path = RACINE) -> subprocess.CompletedProcess[str]:
    """A program of ``outils/production.sh``; its words come back."""
    env = {**os.environ, "LD_LIBRARY_PATH": str(OUTILS / "usr/lib/x86_64-linux-gnu")}
    return subprocess.run(
        [OUTILS / "usr" / programme, *arguments], cwd=ou, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def rendus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as an operator renders them, on a machine where nothing of theirs exists."""
    dossier = tmp_path_factory.mktemp("deploiement")
    valeurs: dict[str, Any] = tomllib.loads((DEPLOIEMENT / "exemple.toml").read_text(encoding="utf-8"))
    tls = dossier / "tls"
    tls.mkdir()
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *(
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=essai",
                "-keyout",
                tls / "cle",
                "-out",
                tls / "certificat",
            ),
        ],
        check=True,
        capture_output=True,
    )
    valeurs["nginx"] |= {
        "certificat": str(tls / "certificat"),
        "cle": str(tls / "cle"),
        "autorite_editeurs": str(tls / "certificat"),
        "revocations_editeurs": "",
        "journal": str(dossier),
        "execution": str(dossier),
        "utilisateur": "www-data",
        "modules": str(OUTILS / "usr/lib/nginx/modules"),
    }
    valeurs["base"]["tls"] = False
    valeurs["journaux"]["travail"] = str(dossier)
    rendre(valeurs, dossier)
    return dossier


def test_statistics_are_asked_where_they_are_counted(rendus: Path) -> None:
    """A web beside the lake, then the others: they read tables of today."""
    nginx = (rendus / "nginx/sne.conf").read_text(encoding="utf-8")
    bloc = {
        nom: nginx.partition(f"{nom} {{")[2].partition("}")[0]
        for nom in ("location /infocentre/", "upstream infocentre")
    }
    assert "proxy_pass http://infocentre;" in bloc["location /infocentre/"]
    serveurs = re.findall(r"server (\S+)(.*);", bloc["upstream infocentre"])
    assert [(ou, "backup" in quoi) for ou, quoi in serveurs] == [
        ("10.0.1.13:8000", False),
        ("10.0.1.11:8000", True),
        ("10.0.1.12:8000", True),
    ]


def test_a_node_keeps_its_password_where_no_other_writes(rendus: Path) -> None:
    """pg_rewind reads it as a lost leader comes back: another node's was written over it, and it never followed."""
    ecrits = [
        re.findall(r"(?m)^  pgpass: (\S+)", noeud.read_text(encoding="utf-8"))
        for noeud in sorted(rendus.glob("patroni/patroni-*.yml"))
    ]
    assert ecrits == [[f"/var/lib/postgresql/18/sne/n{rang}.pgpass"] for rang in (1, 2, 3)]


def test_a_replica_lets_long_readings_end_and_is_left_out_once_it_is_late(rendus: Path) -> None:
    noeud = (rendus / "patroni/patroni-n1.yml").read_text(encoding="utf-8")
    assert re.search(r"(?m)^        max_standby_streaming_delay: 5min\b", noeud)
    haproxy = (rendus / "haproxy/haproxy.cfg").read_text(encoding="utf-8")
    assert "option httpchk GET /replica?lag=1MB\n" in haproxy.partition("listen lecture")[2]


def test_nginx_and_haproxy_read_theirs(rendus: Path) -> None:
    nginx = lancer("sbin/nginx", "-t", "-c", str(rendus / "nginx/sne.conf"))
    assert "test is successful" in nginx.stderr, nginx.stderr
    haproxy = lancer("sbin/haproxy", "-c", "-f", str(rendus / "haproxy/haproxy.cfg"))
    assert haproxy.returncode == 0, haproxy.stderr


def test_systemd_finds_nothing_to_say_of_the_units(rendus: Path, tmp_path: Path) -> None:
    for unite in (
        *rendus.glob("systemd/*"),
        *rendus.glob("pgbackrest/*.service"),
        *rendus.glob("pgbackrest/*.timer"),
        *rendus.glob("chrony/heure.service"),
        *rendus.glob("chrony/heure.timer"),
    ):
        texte = unite.read_text(encoding="utf-8")
        texte = re.sub(r"^ExecStart=/opt/sne/bin/\S+", "ExecStart=/bin/true", texte, flags=re.MULTILINE)
        (tmp_path / unite.name.replace("@", "@8000")).write_text(re.sub(r"(?m)^User=\w+", "User=root", texte))
    unites = sorted(str(u) for u in tmp_path.iterdir())
    fait = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *unites], capture_output=True, text=True, check=False
    )
    assert (fait.returncode, fait.stderr) == (0, "")
    services = [u for u in unites if "sne-" in u and u.endswith("service")]
    expose = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=25", *services],
        capture_output=True,
        text=True,
        check=False,
    )
    assert expose.returncode == 0, expose.stdout[-300:]


def test_alerts_fire_in_their_scenarios() -> None:
    fait = lancer("bin/promtool", "test", "rules", "alertes_test.yml", ou=DEPLOIEMENT / "prometheus")
    assert fait.returncode == 0, fait.stdout + fait.stderr
    nommees = set(re.findall(r"- alert: (\w+)", ALERTES))
    scenarios = (DEPLOIEMENT / "prometheus" / "alertes_test.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"- name: (\w+)", scenarios)) == nommees
    conduites = set(re.findall(r"^### (\w+)$", (RACINE / "docs/exploitation.md").read_text(), re.MULTILINE))
    assert conduites == nommees


def test_prometheus_reads_its_own_and_knows_whom_to_tell(rendus: Path) -> None:
    (rendus / "prometheus" / "alertes.yml").write_text(ALERTES, encoding="utf-8")
    fait = lancer("bin/promtool", "check", "config", "prometheus.yml", ou=rendus / "prometheus")
    assert fait.returncode == 0, fait.stdout + fait.stderr
    ecrit = (rendus / "prometheus" / "prometheus.yml").read_text(encoding="utf-8")
    assert "10.0.3.20:9093" in ecrit
    for porte in ("sne.exemple.fr/", "demande.exemple.fr/", "interfaces.sne.exemple.fr:8443/"):
        assert f"https://{porte}" in ecrit


def test_prometheus_reads_that_of_a_production_on_the_loopback_where_no_exporter_is_but_one(
    tmp_path: Path,
) -> None:
    acces = dict.fromkeys(SECRETS, "essai")
    rendre(valeurs(tmp_path, 18_000, acces=acces, socket=tmp_path), tmp_path)
    shutil.copy(DEPLOIEMENT / "prometheus" / "alertes.yml", tmp_path / "prometheus")
    fait = lancer("bin/promtool", "check", "config", "prometheus.yml", ou=tmp_path / "prometheus")
    assert fait.returncode == 0, fait.stdout + fait.stderr
    lus = (tmp_path / "prometheus" / "prometheus.yml").read_text(encoding="utf-8")
    assert re.findall(r"job_name: (\w+)", lus) == ["web", "patroni", "machines"]
    assert '"127.0.0.1:18061"' in lus


def test_what_was_mended_is_held_by_tests_that_are_there() -> None:
    page, fichier = (RACINE / "docs/exploitation.md").read_text(encoding="utf-8"), ""
    vus = re.findall(r"`(tests/[\w/]+\.py)?(?:::(\w+))?`", page)
    nommes = [(chemin, nom) for chemin, nom in vus if chemin or nom]
    assert len(nommes) > 12
    for chemin, nom in nommes:
        fichier = chemin or fichier
        texte = (RACINE / fichier).read_text(encoding="utf-8")
        assert not nom or f"def {nom}(" in texte, f"{fichier}::{nom}"


def test_each_unit_is_named_where_one_installs(rendus: Path) -> None:
    page = (DEPLOIEMENT / "README.md").read_text(encoding="utf-8")
    minuteurs = {f.stem for f in rendus.rglob("*.timer")}
    noms = {f.stem if f.stem not in minuteurs else f"{f.stem}.timer" for f in rendus.rglob("*.service")}
    assert [nom for nom in sorted(noms) if nom not in page] == []


def test_a_node_archives_from_its_own_database_and_each_repository_has_its_backups(rendus: Path) -> None:
    """One file served both sides: a node read that its database was elsewhere, and refused to push its archive."""
    noeud = rendus / "pgbackrest/noeud-n2.conf"
    fait = lancer("bin/pgbackrest", f"--config={noeud}", "--stanza=sne", "archive-push", "absent")
    assert "must be run on" not in fait.stdout, fait.stdout
    assert "repo1-cipher-pass" not in noeud.read_text(encoding="utf-8")
    hote = (rendus / "pgbackrest/pgbackrest.conf").read_text(encoding="utf-8")
    assert "backup-standby=prefer\n" in hote
    assert re.findall(r"(?m)^tls-server-auth=(\S+)", hote) == [f"n{n}.sne.exemple.fr=sne" for n in (1, 2, 3)]
    sauvegarder = (rendus / "pgbackrest/sauvegarder.service").read_text(encoding="utf-8")
    assert "for r in 1 2; do pgbackrest" in sauvegarder


def test_the_trial_of_a_backup_is_a_script_that_a_shell_reads(rendus: Path) -> None:
    lu = subprocess.run(
        ["/bin/sh", "-n", rendus / "pgbackrest/eprouver.sh"], capture_output=True, text=True, check=False
    )
    assert (lu.returncode, lu.stderr) == (0, "")


def test_every_figure_of_ours_that_is_watched_is_written() -> None:
    ecrites = "".join(
        (RACINE / f).read_text(encoding="utf-8")
        for f in (
            "sne/cli/mesures.py",
            "sne/socle/mesures.py",
            "deploy/pgbackrest/sauvegarder.service.j2",
            "deploy/pgbackrest/eprouver.service.j2",
            "deploy/pgbackrest/eprouver.sh.j2",
            "deploy/chrony/heure.sh.j2",
            "deploy/systemd/sne-retours.service.j2",
        )
    )
    lues = {n for n in tableaux.figures() | set(tableaux.NOM.findall(ALERTES)) if n.startswith("sne_")}
    connues = {re.sub(r"^sne_|_(secondes|bucket)(_bucket)?$", "", n) for n in lues}
    assert [n for n in connues if n not in ecrites] == []


@pytest.mark.parametrize("nom", tableaux.TABLEAUX)
def test_dashboards_are_those_of_the_code(nom: str) -> None:
    assert (tableaux.DOSSIER / f"{nom}.json").read_text(encoding="utf-8") == tableaux.ecrire(nom)


def test_a_value_that_lacks_is_said_and_the_command_lists_what_it_wrote(tmp_path: Path) -> None:
    fait = subprocess.run(
        [sys.executable, "-m", "outils.rendre", "deploy/exemple.toml", tmp_path],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(fait.stdout.splitlines()) == len([p for p in tmp_path.rglob("*") if p.is_file()])
    shutil.rmtree(tmp_path)
    with pytest.raises(Exception, match="undefined"):
        rendre({"base": {"noeuds": []}}, tmp_path)
