"""Imports: what is said of one, of a line of its report; what the operations of a line say."""

import uuid
from datetime import datetime
from typing import Any

from pydantic import Field

from sne.api.schemas.commun import Dit, Recu, dire
from sne.api.schemas.demandes import NUD
from sne.api.schemas.vie import RadiationRecue, RenouvellementRecu
from sne.registre.contenu.rules.arbre.noeud import champ
from sne.registre.contenu.rules.arbre.types_de_champ import Ligne


def revision() -> Any:
    """The revision that the line starts from."""
    return Field(title="Révision lue", ge=1, le=999_999_999, examples=[3])


class ModificationDeLigne(Recu):
    """A change of content, as a merge patch of the revision that was read (RFC 7396)."""

    revision: int = revision()
    correctif: dict[str, Any] = dire("Champs qui changent")
    motif: Ligne | None = champ("Pourquoi la demande change")


class RenouvellementDeLigne(RenouvellementRecu):
    """A renewal, on the revision that was read."""

    revision: int = revision()


class RadiationDeLigne(RadiationRecue):
    """A striking-off, on the revision that was read."""

    revision: int = revision()


class ImportLuApi(Dit):
    """Where an import stands."""

    id: uuid.UUID = dire("Identifiant")
    etat: str = dire("RECU, CONTROLE, EN_COURS, TERMINE, INTERROMPU ou ANNULE (liste ouverte)", "EN_COURS")
    motif: str | None = dire("Pourquoi il est interrompu", defaut=None)
    essai: bool = dire("Les règles sont demandées, rien n’est écrit", False)
    format: str = dire("Format", "NDJSON")
    octets: int = dire("Octets reçus", 48213)
    lignes: int | None = dire("Lignes du fichier, une fois contrôlé", 1200, defaut=None)
    faites: int = dire("Lignes passées", 500)
    issues: dict[str, int] = dire("Lignes par issue", {"ENREGISTREE": 498, "REFUSEE": 2})
    essais: int = dire("Nombre de départs", 1)
    depose_le: datetime = dire("Reçu le")
    fini_le: datetime | None = dire("Fini le", defaut=None)


class AnomalieDeLigne(Dit):
    """Why a line is refused: a code of the catalogue and a place, without the value."""

    code: str = dire("Code stable", "PIECE_VUE")
    titre: str | None = dire("Ce que veut dire le code", defaut=None)
    pointeur: str | None = dire("Emplacement dans le corps (pointeur JSON)", "/piece_vue", defaut=None)


class LigneDeRapport(Dit):
    """What became of one line."""

    ligne: int = dire("Numéro de ligne", 12)
    cle: str | None = dire("Clé de la ligne", "D-88231", defaut=None)
    issue: str = dire("ENREGISTREE, MODIFIEE, EN_ATTENTE, REFUSEE ou DEJA_FAITE", "ENREGISTREE")
    nud: str | None = dire("Numéro unique", NUD, defaut=None)
    revision: int | None = dire("Révision", 1, defaut=None)
    anomalies: list[AnomalieDeLigne] = dire("Raisons du refus", defaut=[])
