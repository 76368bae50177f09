"""The reading process: closes itself in, does one operation on one file, writes one answer. Never imports Django.

    python -I -m sne.documents.lecture.enfant < demande.json

Whatever goes wrong with the file ends in a code of ``rules.phrases``, or in the death of this process, which the
caller takes for a refusal.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from sne.documents.lecture import enclos
from sne.documents.lecture.arret import Arret

PANNE = 70
PAQUET = "sne.documents.lecture"
OPERATIONS: Mapping[str, str] = {
    "constater": "constat",
    "analyser": "analyse",
    "assembler_pages": "assemblage",
    "assembler_planche": "planche",
    "dessiner_page": "dessin",
    "filigraner": "filigrane",
    "remanier": "remaniement",
    "preparer_texte": "texte",
    "reconnaitre_texte": "texte",
    "lire_lignes": "lignes",
    "lire_2ddoc": "codes",
}


def traiter(recu: Mapping[str, Any]) -> int:
    """Do what was asked, and write the answer; returns the exit status."""
    memoire = os.open("/proc/self/status", os.O_RDONLY)
    dossier = Path(recu["dossier"])
    try:
        module = import_module(f"{PAQUET}.{OPERATIONS[recu['operation']]}")
        _precharger(Path(recu["source"]))
    except ImportError as exc:
        return _repondre(dossier, {"panne": str(exc)[:200]}, PANNE)
    acquis = enclos.fermer(
        dossier,
        bornes=recu["bornes"],
        parent=recu["parent"],
        source=recu["source"],
        lisibles=recu["lisibles"],
        programme=recu["programme"],
    )
    if recu["bornes"]["enclos_exige"] and (manque := set(enclos.MURS) - set(acquis)):
        return _repondre(dossier, {"panne": f"enclos: {sorted(manque)}"}, PANNE)
    operation: Callable[..., dict[str, Any]] = getattr(module, recu["operation"])
    try:
        reponse = operation(dossier, Path(recu["source"]), recu["bornes"], **recu["demande"])
    except Arret as exc:
        reponse = {"refus": exc.code, "valeurs": exc.valeurs}
    except MemoryError:
        reponse = {"refus": "TROP_COMPLEXE"}
    except Exception as exc:
        reponse = {"refus": "ABIME", "cause": type(exc).__name__}
    return _repondre(dossier, {**reponse, "enclos": acquis, "memoire_ko": _memoire(memoire)}, 0)


def _memoire(statut: int) -> int:
    """Most memory that this process held, in kilobytes."""
    lignes = os.pread(statut, 8_192, 0).decode().splitlines()
    os.close(statut)
    return next((int(x.split()[1]) for x in lignes if x.startswith("VmHWM:")), 0)


def _precharger(source: Path) -> None:
    """Load libraries while their compiled code may still be read and cached; four bytes say which."""
    with source.open("rb") as flux:
        pdf = flux.read(4) == b"%PDF"
    import_module(f"{PAQUET}.{'reecriture' if pdf else 'images'}")


def _repondre(dossier: Path, reponse: Mapping[str, Any], sortie: int) -> int:
    (dossier / "reponse.json").write_text(json.dumps(reponse))
    return sortie


if __name__ == "__main__":
    sortie = traiter(json.load(sys.stdin))
    # No clean-up of libraries: a crash while they free what a hostile file gave them would hide the answer.
    os._exit(sortie)
