"""The page of the ASVS requirements, made from ``outils/asvs.txt``: ``python -m outils.asvs > docs/asvs.md``."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_suffix(".txt")
ETATS = {"T": "a test", "P": "a page or a file", "N": "does not apply", "M": "**missing**"}
CHAPITRES = {
    1: "Encoding and sanitization",
    2: "Validation and business logic",
    3: "Web front end",
    4: "Interfaces",
    5: "Files",
    6: "Authentication",
    7: "Sessions",
    8: "Authorization",
    9: "Self-contained tokens",
    10: "OAuth and OpenID",
    11: "Cryptography",
    12: "Communication",
    13: "Configuration",
    14: "Data protection",
    15: "Coding and architecture",
    16: "Logs and errors",
    17: "WebRTC",
}


class Exigence(NamedTuple):
    """One requirement: its number, what holds it, by what."""

    numero: tuple[int, ...]
    etat: str
    preuve: str


def lire() -> Iterator[Exigence]:
    """Every requirement of the table, as written."""
    for ligne in TABLE.read_text(encoding="utf-8").splitlines():
        if ligne and not ligne.startswith("#"):
            numeros, etat, preuve = (partie.strip() for partie in ligne.split("|"))
            for numero in numeros.split():
                yield Exigence(tuple(int(n) for n in numero.split(".")), etat, preuve)


def page() -> str:
    """The page, by chapter."""
    exigences = sorted(lire())
    comptes = ", ".join(f"{sum(e.etat == c for e in exigences)} {dit.strip('*')}" for c, dit in ETATS.items())
    lignes = [
        "# ASVS 5.0, levels 1 and 2",
        "",
        f"Made from `outils/asvs.txt` (`python -m outils.asvs`). {len(exigences)} requirements: {comptes}.",
        "Numbers are those of the [standard](https://owasp.org/www-project-application-security-verification-standard/).",
    ]
    for chapitre, titre in CHAPITRES.items():
        lignes += ["", f"## V{chapitre} – {titre}", "", "| No. | Held by | Evidence |", "|---|---|---|"]
        for e in exigences:
            if e.numero[0] == chapitre:
                preuve = ", ".join(f"`tests/{p}`" for p in e.preuve.split()) if e.etat == "T" else e.preuve
                lignes.append(f"| {'.'.join(map(str, e.numero))} | {ETATS[e.etat]} | {preuve} |")
    return "\n".join(lignes) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
