"""The next revision of a demande whose content stays: for the acts that move its status, dates or documents only."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sne.registre.demande.actions.lignes import copier_version
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.socle.acteur import Acteur


def avancer(
    demande: Demande,
    *,
    statut: Statut,
    acteur: Acteur,
    survenu_le: datetime,
    dates: Mapping[str, date] | None = None,
    motif: str = "",
    document: str = "",
    pieces: Sequence[uuid.UUID] | None = None,
    protection_levee: bool = False,
) -> Version:
    """Write the next revision of a demande already locked; its entry is the caller's to inscribe.

    ``dates``: other columns that the act moves; ``motif`` and ``document`` are kept with the version; ``pieces``: the
    documents in force from now on, when they change; ``protection_levee``: messages and screens may speak of the
    demande again from now on.
    """
    colonnes = {"statut": str(statut), **(dates or {})}
    demande.revision += 1
    for colonne, valeur in colonnes.items():
        setattr(demande, colonne, valeur)
    version = copier_version(demande.version_courante, demande=demande, survenu_le=survenu_le)
    version.auteur, version.motif, version.document = acteur.id, motif, document
    version.protection_levee = protection_levee
    if pieces is not None:
        version.pieces = list(pieces)
    version.save(force_insert=True)
    demande.version_courante = version
    demande.save(update_fields=["revision", "version_courante", *colonnes])
    return version
