"""Facts told of a demande: events, decisions of commissions, allocations, DALO."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from sne.api.schemas.commun import Dit, Recu, dire
from sne.registre.contenu.rules.arbre.noeud import champ
from sne.registre.contenu.rules.arbre.types_de_champ import Code, CodeCommune, Jour, Ligne, TexteLibre
from sne.registre.faits.rules.dalo import NatureDalo
from sne.registre.faits.rules.decisions import Decision

Mot = str
JOUR = "2026-11-24"


def mot(titre: str, *, maximum: int = 30, exemple: str = "") -> Any:
    """A short code, that may be left out."""
    return Field(default="", title=titre, max_length=maximum, examples=[exemple] if exemple else None)


class EvenementRecu(Recu):
    """An event of a type of the territory."""

    type: str = Field(title="Type\u00a0: «\u00a0/types-d-evenement\u00a0»", max_length=30, min_length=1)
    jour: Jour = dire("Jour", JOUR)
    caracteristiques: dict[str, str] = dire("Ses champs, en texte, par nom", defaut={})
    commentaire: TexteLibre | None = champ("Commentaire, sans donnée sensible")


class DecisionRecue(Recu):
    """A decision of a landlord's commission."""

    code: Decision = dire("Décision")
    jour: Jour = dire("Jour de la commission", JOUR)
    bailleur: str = mot("Bailleur\u00a0; vide\u00a0: celui du guichet")
    rpls: str = mot("Identifiant RPLS du logement")
    rang: int | None = Field(default=None, title="Rang", ge=1, le=99)
    pieces_manquantes: tuple[Mot, ...] = Field(default=(), title="Pièces attendues", max_length=50)
    pieces_avant: Jour | None = champ("Attendues avant le")
    publics: tuple[Mot, ...] = Field(default=(), title="Publics prioritaires", max_length=50)
    motivation: TexteLibre | None = champ("Motivation")


class AdresseAttribuee(Recu):
    """The address of a dwelling, beside its commune."""

    numero: Ligne | None = champ("Numéro")
    voie: Ligne | None = champ("Voie")
    appartement: Ligne | None = champ("Appartement")
    etage: Ligne | None = champ("Étage")
    escalier: Ligne | None = champ("Escalier")
    batiment: Ligne | None = champ("Bâtiment")
    complement: Ligne | None = champ("Complément d’adresse")
    lieu_dit: Ligne | None = champ("Lieu-dit")
    code_postal: Ligne | None = champ("Code postal")


class AttributionRecue(Recu):
    """An allocation: the RPLS identifier of the dwelling, or its commune, type, surface and rent (CCH R441-2-9)."""

    jour: Jour = dire("Jour de l’attribution", JOUR)
    bail_signe: bool | None = champ("Le bail est signé")
    bail_signe_le: Jour | None = champ("Bail signé le")
    deja_loge: Code = dire("Le ménage était déjà logé par ce bailleur\u00a0: liste ListeBooleen", "N")
    accord: Code = dire("Accord collectif\u00a0: liste ListeAccordCollectif")
    reservataire: Code = dire("Réservataire\u00a0: liste ListeTypeReservataire")
    convention_etat: str = mot("Convention de réservation de l’État")
    bailleur: str = mot("Bailleur\u00a0; vide\u00a0: celui du guichet")
    rpls: str = mot("Identifiant RPLS du logement")
    commune: CodeCommune | None = champ("Commune du logement")
    type_logement: str = mot("Type\u00a0: liste ListeTypeLogementRPLS", maximum=6)
    surface: Decimal | None = Field(
        default=None, title="Surface en mètres carrés", decimal_places=2, max_digits=7
    )
    loyer: Decimal | None = Field(
        default=None, title="Loyer mensuel en euros", decimal_places=2, max_digits=7
    )
    adresse: AdresseAttribuee | None = champ("Adresse du logement")
    au_titre_dalo: bool | None = champ("Attribué au titre du DALO")
    quartier_prioritaire: str = mot("En quartier prioritaire\u00a0: liste ListeZUS", maximum=6)
    publics: tuple[Mot, ...] = Field(default=(), title="Publics prioritaires", max_length=50)


class DaloRecu(Recu):
    """A DALO fact: a status given by the mediation commission, or a wait called abnormal."""

    nature: NatureDalo = dire("Statut, ou délai anormalement long")
    jour: Jour = dire("Depuis le", JOUR)
    fin: Jour | None = champ("Jusqu’au")
    statut: str = mot("Statut\u00a0: liste ListeStatutDalo", maximum=6)
    diagnostic_social: bool | None = champ("Un diagnostic social")
    accompagnement_social: bool | None = champ("Un accompagnement social")
    typologie: str = mot("Logement préconisé\u00a0: liste ListeTypologieLogementDalo", maximum=6)


class Corrige(Recu):
    """Why what was told is put right."""

    motif: Ligne = dire("Pourquoi, en une phrase", "Erreur de date")


class EvenementCorrige(EvenementRecu, Corrige):
    """The event as it should have been told."""


class DecisionCorrigee(DecisionRecue, Corrige):
    """The decision as it should have been told."""


class AttributionCorrigee(AttributionRecue, Corrige):
    """The allocation as it should have been told."""


class DaloCorrige(DaloRecu, Corrige):
    """The DALO fact as it should have been told."""


class FaitInscrit(Dit):
    """What was recorded."""

    id: uuid.UUID = dire("Identifiant")
    nud: str = dire("Numéro unique", "0991126000412G0993")


class FaitLuApi(Dit):
    """One fact, as this caller may read it. ``detail``: what its kind says."""

    id: uuid.UUID = dire("Identifiant")
    jour: date = dire("Jour", JOUR)
    etat: str = dire("EN_VIGUEUR, CORRIGE, RETIRE (liste ouverte)", "EN_VIGUEUR")
    motif: str | None = dire("Pourquoi il a été corrigé ou retiré", defaut=None)
    guichet: str = dire("Guichet")
    survenu_le: datetime = dire("Inscrit le")
    detail: dict[str, Any] = dire("Ce qu’il dit")
