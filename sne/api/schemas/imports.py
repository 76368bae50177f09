"""Imports: what is said of one, of a line of its report; what the operations of a line say."""

import uuid
from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from sne.api.contenu import ContenuRecu
from sne.api.schemas.commun import Dit, Recu, dire
from sne.api.schemas.demandes import JOUR, NUD, PieceVueRecue
from sne.api.schemas.vie import RadiationRecue, RenouvellementRecu
from sne.registre.contenu.rules.arbre.noeud import champ
from sne.registre.contenu.rules.arbre.types_de_champ import Jour, Ligne, ReferencePersonne
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.socle.horloge import aujourd_hui


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


class RepriseRecue(Recu):
    """An application of a former system, with its past: renewals in their order, and how it ended."""

    guichet: Ligne | None = champ("Code du guichet qui la suit")
    date_reception: Jour = dire("Jour du premier dépôt, quel que soit son âge", JOUR)
    piece_vue: PieceVueRecue | None = champ("Pièce vue")
    contenu: ContenuRecu = dire("Contenu de la demande")
    nirs: dict[ReferencePersonne, Ligne] = dire("Numéros de sécurité sociale, par personne", defaut={})
    renouvellements: tuple[Jour, ...] = dire("Jours des renouvellements, dans leur ordre", [JOUR], defaut=())
    statut: Literal[Statut.ACTIVE, Statut.EXPIREE, Statut.RADIEE] = dire("Statut", defaut=Statut.ACTIVE)
    statut_le: Jour | None = Field(default=None, title="Jour de la fin", validate_default=True)

    @field_validator("renouvellements")
    @classmethod
    def _se_suivent(cls, jours: tuple[date, ...], info: ValidationInfo) -> tuple[date, ...]:
        passes = [info.data.get("date_reception", date.min), *jours, aujourd_hui()]
        if passes != sorted(passes):
            raise ValueError
        return jours

    @field_validator("statut_le")
    @classmethod
    def _finit_apres(cls, le: date | None, info: ValidationInfo) -> date | None:
        finie = info.data.get("statut", Statut.ACTIVE) is not Statut.ACTIVE
        dernier = [info.data.get("date_reception", date.min), *info.data.get("renouvellements", ())][-1]
        if finie is not (le is not None) or (le and not dernier <= le <= aujourd_hui()):
            raise ValueError
        return le


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
