"""The manifest: which files are read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from sne.infocentre.lac.disque import exiger_present
from sne.infocentre.lac.models import Fichier
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import lire_cellules


def ordre_de_compter(faits: Iterable[str], filtre: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the engine of the settings is told, to count these facts within this filter."""
    dialecte = "pyspark" if settings.ANALYTIQUE else "duckdb"
    lus = faits_a_lire(faits, dialecte=dialecte)
    return {"ordre": "compter", "spark": settings.ANALYTIQUE, "faits": lus, "filtre": filtre}


def faits_a_lire(faits: Iterable[str], *, dialecte: str = "duckdb") -> Mapping[str, Mapping[str, Any]]:
    """Of each of these facts: its files in force, its columns, the sums of its measures, as engines are told them;
    ``anciens``: some of the files were written before it had all of these columns.

    Raises ``LacInaccessible``.
    """
    faits = sorted(faits)
    chemins: dict[str, list[str]] = {fait: [] for fait in faits}
    anciens = set()
    lus = Fichier.objects.filter(fait__in=faits, retire_le=None).order_by("fait", "sceau_du", "id")
    for fait, chemin, schema in lus.values_list("fait", "chemin", "schema"):
        chemins[fait].append(str(exiger_present(chemin)))
        if schema < FAITS[fait].schema:
            anciens.add(fait)
    return {
        fait: {
            "fichiers": liste,
            "colonnes": dict(FAITS[fait].colonnes),
            "anciens": fait in anciens,
            "sql": lire_cellules(fait, dialecte=dialecte),
        }
        for fait, liste in chemins.items()
    }
