"""The next revision of a demande: the only file that makes one, whatever the act."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sne.registre.demande.actions.lignes import PROJETEES, copier_version
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.socle.acte import Acte


def reviser(demande: Demande, version: Version, colonnes: Mapping[str, Any]) -> Version:
    """Write ``version`` as the next revision of a demande already locked, whose ``colonnes`` move with it.

    Its entry is the caller's to inscribe, in the same transaction: the database refuses a revision that nothing tells.
    """
    numeroter(demande, version, colonnes)
    version.save(force_insert=True)
    demande.save(update_fields=["revision", "version_courante", *colonnes])
    return version


def numeroter(demande: Demande, version: Version, colonnes: Mapping[str, Any]) -> None:
    """Make ``version`` the current one of its demande, under the next number; nothing is written yet."""
    demande.revision += 1
    for colonne, valeur in colonnes.items():
        setattr(demande, colonne, valeur)
    version.numero = demande.revision
    for colonne in PROJETEES:
        setattr(version, colonne, getattr(demande, colonne))
    demande.version_courante = version


def avancer(
    demande: Demande,
    *,
    statut: Statut,
    acte: Acte,
    dates: Mapping[str, date] | None = None,
    motif: str = "",
    document: str = "",
    pieces: Sequence[uuid.UUID] | None = None,
    protection_levee: bool = False,
) -> Version:
    """Write the next revision of a demande already locked, whose content stays; its entry is the caller's to inscribe.

    ``dates``: other columns that the act moves; ``motif`` and ``document`` are kept with the version; ``pieces``: the
    documents in force from now on, when they change; ``protection_levee``: messages and screens may speak of the
    demande again from now on.
    """
    version = copier_version(demande.version_courante, survenu_le=acte.survenu_le)
    version.auteur, version.motif, version.document = acte.acteur.id, motif, document
    version.protection_levee = protection_levee
    if pieces is not None:
        version.pieces = list(pieces)
    return reviser(demande, version, {"statut": str(statut), **(dates or {})})
