"""Reads of files: those of a space, one with its versions and what was said of each, what may be opened."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.possible import exiger_lire
from sne.collaboratif.espaces.rules import INTROUVABLE
from sne.collaboratif.espaces.selectors import Lecteur
from sne.collaboratif.fichiers.models import FichierEspace, LienDocument, VersionFichier
from sne.collaboratif.fichiers.possible import exiger_deposer, exiger_lire_fichier
from sne.collaboratif.fichiers.rules import Dit
from sne.habilitations.selectors import list_noms
from sne.socle.erreurs import refus_de
from sne.socle.lignes import trouver


def list_fichiers(espace: Espace, lecteur: Lecteur) -> tuple[FichierEspace, ...]:
    """Files of a space by folder and name. Raises ``Introuvable``."""
    exiger_lire(lecteur, espace.id)
    return tuple(FichierEspace.objects.filter(espace=espace).order_by("dossier", "nom", "id"))


def list_liens(espace: Espace, lecteur: Lecteur) -> tuple[LienDocument, ...]:
    """Links of a space. Raises ``Introuvable``."""
    exiger_lire(lecteur, espace.id)
    return tuple(LienDocument.objects.filter(espace=espace).order_by("titre", "id"))


def get_lien(lien_id: uuid.UUID, lecteur: Lecteur) -> LienDocument:
    """Raises ``Introuvable``."""
    lien = trouver(LienDocument.objects.select_related("espace").filter(id=lien_id), INTROUVABLE)
    exiger_lire(lecteur, lien.espace_id)
    return lien


@dataclass(frozen=True, slots=True)
class VersionLue:
    """One version; ``remplacee_le``: when the next one came. ``relue_par``: names; ``remarques``: name and words."""

    version: VersionFichier
    auteur: str
    remplacee_le: datetime | None
    relue_par: tuple[str, ...]
    remarques: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FichierLu:
    """A file and its versions, the latest first; ``refus``: why one puts nothing there."""

    fichier: FichierEspace
    versions: tuple[VersionLue, ...]
    refus: str


def get_fichier(fichier_id: uuid.UUID, lecteur: Lecteur) -> FichierLu:
    """Raises ``Introuvable``."""
    fichier = trouver(FichierEspace.objects.select_related("espace").filter(id=fichier_id), INTROUVABLE)
    exiger_lire_fichier(lecteur, fichier)
    versions = list(fichier.versions.prefetch_related("avis").order_by("numero"))
    noms = list_noms({v.auteur for v in versions} | {a.auteur for v in versions for a in v.avis.all()})
    suivantes = [v.survenu_le for v in versions[1:]]
    lues = [
        VersionLue(
            v,
            noms.get(v.auteur, ""),
            suivante,
            tuple(sorted(noms.get(a.auteur, "") for a in v.avis.all() if a.nature == Dit.RELU)),
            tuple(
                (noms.get(a.auteur, ""), a.texte)
                for a in sorted(v.avis.all(), key=lambda a: a.id)
                if a.nature == Dit.REMARQUE
            ),
        )
        for v, suivante in zip(versions, [*suivantes, None], strict=True)
    ]
    return FichierLu(fichier, tuple(reversed(lues)), refus_de(exiger_deposer, lecteur, fichier))


def get_version(version_id: uuid.UUID, lecteur: Lecteur) -> VersionFichier:
    """One version that one may open. Raises ``Introuvable``."""
    version = trouver(
        VersionFichier.objects.select_related("fichier__espace").filter(id=version_id), INTROUVABLE
    )
    exiger_lire_fichier(lecteur, version.fichier)
    return version
