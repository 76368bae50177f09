"""One run of the measures, row after row."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sne.bench import rapport
from sne.bench.atelier import DOSSIER, RACINE, Atelier
from sne.bench.chantier import Chantier, Reglages
from sne.bench.lignes import A_LA_DEMANDE, LIBELLES, LIGNES
from sne.bench.rules import Ligne

NATIONALES = frozenset({"nombre", "pages", "cellules", "pays", "infocentre-nombre"})
DEPLOIEMENT = RACINE / "deploy" / "exemple.toml"


def reglages_du_serveur(codes: Sequence[str]) -> Mapping[str, str]:
    """With rows of the size of a nation, the memory that a production gives its database; else none of its own."""
    if not NATIONALES & {*codes}:
        return {}
    return {"shared_buffers": tomllib.loads(DEPLOIEMENT.read_text("utf-8"))["base"]["partage"]}


def mesurer(
    codes: Sequence[str], reglages: Reglages, *, dire: Callable[[str], None], dossier: Path = DOSSIER
) -> tuple[dict[str, Any], list[Ligne]]:
    """Measure these groups of rows (all but those on demand when ``codes`` is empty), in the order of the report.

    ``dire`` is told each step in French. Raises ``MesureImpossible``, ``PreparationImpossible`` and
    ``ServeurIndisponible``, whose messages are French sentences.
    """
    instant, etat, serveur = datetime.now(UTC), rapport.machine(), reglages_du_serveur(codes)
    lignes: list[Ligne] = []
    with Atelier(dossier, reglages=serveur).ouvert() as atelier:
        chantier = Chantier(atelier, reglages, dire=dire)
        for code, mesure in LIGNES.items():
            if code in codes or (not codes and code not in A_LA_DEMANDE):
                dire(f"{LIBELLES[code]}…")
                lignes += mesure(chantier)
    resultat = rapport.rassembler(lignes, reglages, instant=instant)
    resultat["machine"] = etat  # as it was before the run loaded it
    resultat["serveur"] = serveur
    return resultat, lignes
