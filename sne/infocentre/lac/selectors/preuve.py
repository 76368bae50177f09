"""Whether the lake still proves itself: each file as the manifest says it, each cell as the files say it."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sne.infocentre.lac.disque import dossier_de_travail, dossier_du_lac
from sne.infocentre.lac.models import Fichier
from sne.infocentre.lac.selectors.fichiers import ordre_de_compter
from sne.infocentre.mesures.catalogue import par_fait
from sne.infocentre.moteur import lancer
from sne.socle.replique import connection
from sne.socle.verrous import seul

CELLULES = """
SELECT territoire, axe, ligne, mois::text, mesure, sum(valeur)::bigint FROM (
    SELECT territoire, axe, ligne, mois, mesure, valeur FROM agregat
    UNION ALL SELECT territoire, axe, ligne, mois, mesure, -valeur FROM agregat_efface
) AS x GROUP BY 1, 2, 3, 4, 5 HAVING sum(valeur) <> 0
"""


@dataclass(frozen=True, slots=True)
class EcartDeCellule:
    """A cell that does not prove: what it says without erased demandes, and what the files say."""

    territoire: str
    axe: str
    ligne: str
    mois: str
    mesure: str
    cellule: int
    lac: int


def recompter_le_lac() -> Any:
    """Every cell as the files say it: ``[territoire, axe, ligne, mois, mesure, valeur]``, none of them zero."""
    with dossier_de_travail() as travail:
        return lancer.executer(ordre_de_compter(par_fait(), {}), travail=travail, ecrit=True)


def list_ecarts() -> list[EcartDeCellule]:
    """Cells that are not what the files say plus what erased demandes said; empty when all of them prove.

    Waits for whoever writes.
    """
    with seul("lac", attendre=True), connection.cursor() as curseur:
        du_lac = {(t, a, g, m, x): v for t, a, g, m, x, v in recompter_le_lac()}
        curseur.execute(CELLULES)
        dites = {(t, a, g, m, x): v for t, a, g, m, x, v in curseur.fetchall()}
    return [
        EcartDeCellule(*cle, dites.get(cle, 0), du_lac.get(cle, 0))
        for cle in sorted(du_lac.keys() | dites.keys())
        if dites.get(cle, 0) != du_lac.get(cle, 0)
    ]


def list_fichiers_abimes() -> list[str]:
    """Files of the manifest that are missing, or are not what it says; each read whole."""
    racine, abimes = dossier_du_lac(), []
    for fichier in Fichier.objects.filter(retire_le=None).order_by("fait", "sceau_du"):
        chemin = racine / fichier.chemin
        if not chemin.is_file():
            abimes.append(f"{fichier.chemin} : absent")
        elif chemin.stat().st_size != fichier.octets or _somme(chemin) != fichier.sha256:
            abimes.append(f"{fichier.chemin} : ce n’est plus le fichier versé")
    return abimes


def _somme(chemin: Any) -> str:
    with chemin.open("rb") as lu:
        return hashlib.file_digest(lu, "sha256").hexdigest()
