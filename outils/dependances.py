"""What a production installs: its list (SBOM), its licences, and the advisories that touch it.

    python -m outils.dependances avis FOLDER     exit 1 when an advisory of the folder (OSV files) touches a version

The folder of advisories is carried in by the operator (https://osv.dev/, « PyPI/all.zip »): nothing is asked outside.
"""

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.version import InvalidVersion, Version

RACINE = Path(__file__).resolve().parents[1]
LAC = "lac"  # the extra of the machines that count statistics
ADMISES = (
    "0BSD",
    "Apache",
    "BSD",
    "CC0-1.0",
    "ISC",
    "LGPL",
    "Lesser General Public License",
    "MIT",
    "Mozilla Public License 2.0",
    "MPL-2.0",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
)


def paquets(*extras: str) -> dict[str, str]:
    """Name → version of what ``uv sync --no-dev`` installs on this machine, walked from the project in the lock.

    ``extras``: of the project, that only some machines ask for.
    """
    lock = tomllib.loads((RACINE / "uv.lock").read_text(encoding="utf-8"))
    connus = {p["name"]: p for p in lock["package"]}
    a_voir, vus = [("sne", frozenset(extras))], dict[str, str]()
    while a_voir:
        nom, siens = a_voir.pop()
        paquet = connus[nom]
        voulues = [*paquet.get("dependencies", [])]
        for extra in siens:
            voulues += paquet.get("optional-dependencies", {}).get(extra, [])
        if nom in vus and not siens:
            continue
        vus[nom] = paquet["version"]
        a_voir += [
            (d["name"], frozenset(d.get("extra", ())))
            for d in voulues
            if "marker" not in d or Marker(d["marker"]).evaluate()
        ]
    del vus["sne"]
    return vus


def licence(nom: str) -> str:
    """What a package says of its licence; empty when it says nothing, or is not installed."""
    try:
        dites = distribution(nom).metadata
    except PackageNotFoundError:
        return ""
    classees = [
        c.split("::")[-1].strip() for c in dites.get_all("Classifier", []) if c.startswith("License ::")
    ]
    return (
        dites.get("License-Expression") or "; ".join(classees) or (dites.get("License") or "").split("\n")[0]
    )


def touchent(avis: Mapping[str, Any], installes: Mapping[str, str]) -> Iterator[str]:
    """Packages installed at a version that this advisory (OSV) says is touched."""
    for affecte in avis.get("affected", []):
        paquet = affecte.get("package", {})
        nom = paquet.get("name", "").lower().replace("_", "-")
        if paquet.get("ecosystem") != "PyPI" or nom not in installes or avis.get("withdrawn"):
            continue
        if installes[nom] in affecte.get("versions", []) or any(
            _dans(installes[nom], plage["events"])
            for plage in affecte.get("ranges", [])
            if plage["type"] != "GIT"
        ):
            yield nom


def _dans(version: str, evenements: list[Mapping[str, str]]) -> bool:
    """Whether the last event at or below ``version`` introduced the fault."""
    ici, touchee = Version(version), False
    for evenement in evenements:
        for quoi, borne in evenement.items():
            try:
                depuis = Version(borne)
            except InvalidVersion:
                continue
            if quoi == "introduced" and depuis <= ici:
                touchee = True
            elif (quoi == "fixed" and depuis <= ici) or (quoi == "last_affected" and depuis < ici):
                touchee = False
    return touchee


def lire_avis(dossier: Path) -> Iterator[str]:
    """A line for each advisory of the folder that touches what is installed."""
    installes = paquets(LAC)
    for fichier in sorted(dossier.rglob("*.json")):
        avis = json.loads(fichier.read_text(encoding="utf-8"))
        for nom in touchent(avis, installes):
            yield f"{avis['id']} : {nom} {installes[nom]} : {avis.get('summary', '')}"


if __name__ == "__main__":
    trouves = list(lire_avis(Path(sys.argv[2])))
    sys.stdout.writelines(f"{ligne}\n" for ligne in trouves)
    raise SystemExit(bool(trouves))
