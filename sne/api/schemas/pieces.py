"""Documents and attestations of a demande."""

import uuid
from datetime import date

from pydantic import Field

from sne.api.schemas.commun import Dit, Recu, dire
from sne.attestations.rules import Modele
from sne.registre.contenu.rules.arbre.noeud import champ
from sne.registre.contenu.rules.arbre.types_de_champ import Annee, Jour, Ligne, ReferencePersonne


class PieceRecue(Recu):
    """A document: its file was sent first at ``/televersements``, or it was only seen."""

    type: str = Field(title="Type de pièce\u00a0: liste du catalogue", examples=["AVIS_IMPOT"], max_length=30)
    reference: ReferencePersonne | None = champ("De qui\u00a0; absent\u00a0: du foyer")
    nature: str | None = Field(default=None, title="Laquelle des pièces acceptées", max_length=30)
    annee: Annee | None = champ("Année des revenus")
    validite_fin: Jour | None = champ("Dernier jour de validité")
    explication: Ligne | None = champ("Explication du ménage")
    sante: bool = dire("Elle dit quelque chose de la santé", False, defaut=False)
    televersement: uuid.UUID | None = champ("Fichier envoyé")
    vue_le: Jour | None = champ("Jour où elle a été vue, sans copie")


class PieceJointe(Dit):
    """A document that the file holds from now on."""

    id: uuid.UUID = dire("Identifiant de la pièce")
    nud: str = dire("Numéro unique", "0991126000412G0993")
    revision: int = dire("Révision", 3)


class PieceLueApi(Dit):
    """A document of the file."""

    id: uuid.UUID = dire("Identifiant de la pièce")
    type: str = dire("Type de pièce", "AVIS_IMPOT")
    libelle: str = dire("En clair")
    nature: str | None = dire("Laquelle des pièces acceptées", defaut=None)
    reference: str | None = dire("De qui\u00a0; absent\u00a0: elle a quitté le foyer", defaut=None)
    annee: int | None = dire("Année des revenus", defaut=None)
    recue_le: date = dire("Reçue le")
    vue_le: date | None = dire("Vue le, sans copie", defaut=None)
    validite_fin: date | None = dire("Dernier jour de validité", defaut=None)
    sante: bool = dire("Elle dit quelque chose de la santé")
    qualification: str | None = dire("Ce qu’un agent en a dit (liste ouverte)", defaut=None)
    en_vigueur: bool = dire("Elle compte")
    fichier: bool = dire("Une copie peut être ouverte")
    remplace: uuid.UUID | None = dire("La pièce dont elle a pris la place", defaut=None)


class AttestationVoulue(Recu):
    """Which attestation."""

    modele: Modele | None = champ("Modèle\u00a0; absent\u00a0: celui que le ménage a reçu en dernier")


class AttestationLue(Dit):
    """An attestation that was issued."""

    reference: str = dire("Référence")
    modele: str = dire("Modèle (liste ouverte)", "SIMPLIFIEE")
    revision: int = dire("Révision attestée", 1)
    date_delivrance: date = dire("Délivrée le")
    date_expiration: date = dire("Valable jusqu’au")
    remplacee: bool = dire("Une autre l’a remplacée", False)
