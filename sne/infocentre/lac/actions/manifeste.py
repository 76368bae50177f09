"""The manifest: files put in it, and those that it no longer names."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sne.infocentre.lac.disque import balayer, dossier_du_lac
from sne.infocentre.lac.models import Fichier
from sne.infocentre.mesures.faits import FAITS

RETENUE = timedelta(hours=24)  # of a file that another one replaced: whoever is reading it goes on

type Ecrit = tuple[Mapping[str, Any], date, tuple[int, int]]
"""What the engine said of a file, the month in which its lines were known, the seals that it goes from and to."""


def inscrire_fichiers(ecrits: Sequence[Ecrit], *, le: datetime) -> Mapping[str, list[str]]:
    """Put these files in the manifest; what their entry says of them, ids and hashes in one order."""
    lignes = [
        Fichier(
            fait=f["fait"],
            mois=mois,
            sceau_du=du,
            sceau_au=au,
            chemin=f["chemin"],
            lignes=f["lignes"],
            octets=f["octets"],
            sha256=f["sha256"],
            schema=FAITS[f["fait"]].schema,
            ecrit_le=le,
        )
        for f, mois, (du, au) in ecrits
    ]
    Fichier.objects.bulk_create(lignes)
    return {"fichiers": [str(f.id) for f in lignes], "empreintes": [f.sha256 for f in lignes]}


def balayer_le_lac(*, le: datetime) -> int:
    """Destroy the files replaced for a day, and those that no list names; how many went."""
    remplaces = Fichier.objects.filter(detruit_le=None, retire_le__lt=le - RETENUE)
    chemins = list(remplaces.values_list("chemin", flat=True))
    for chemin in chemins:
        (dossier_du_lac() / chemin).unlink(missing_ok=True)
    Fichier.objects.filter(chemin__in=chemins).update(detruit_le=le)
    nommes = set(Fichier.objects.filter(detruit_le=None).values_list("chemin", flat=True))
    return len(chemins) + balayer(nommes, le=le)
