"""A demande: what is handed in, what is read, what waits."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from sne.api.contenu import ContenuRecu
from sne.api.schemas.commun import Dit, Recu, dire
from sne.conventions.models.appels import REFERENCE_MAX
from sne.registre.contenu.rules.arbre.noeud import champ
from sne.registre.contenu.rules.arbre.types_de_champ import Code, Jour, Ligne, ReferencePersonne, TexteLibre

ContenuEmis = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "x-arbre": "Contenu"})]
IdentiteEmise = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "x-arbre": "Identite"})]
NUD, JOUR, REVISION = "0991126000412G0993", "2026-11-24", 2


class PieceVueRecue(Recu):
    """The document of identity or of residence that the agent saw; no copy is needed (CCH R441-2-3)."""

    type: Code = dire("Type de pièce\u00a0: liste ListePieceIdentite", "CNI")
    vue_le: Jour = dire("Jour où elle a été vue", JOUR)
    fin: Jour | None = champ("Dernier jour de validité")
    dispense_titre: bool = dire("Ressortissant de l’EEE ou de la Suisse", False, defaut=False)
    explication: Ligne | None = champ("Pourquoi un titre expiré est accepté")


class DoublonsEcartes(Recu):
    """Why the close demandes that were shown are not of this household."""

    vus: tuple[Ligne, ...] = dire("Numéros des demandes proches qui ont été vues", [NUD])
    motif: TexteLibre = dire("Pourquoi ce n’est pas la même personne", "Frère jumeau, vu avec lui")


class DemandeRecue(Recu):
    """A household that registers."""

    date_reception: Jour = dire("Jour où le guichet a reçu la demande", JOUR)
    piece_vue: PieceVueRecue | None = champ("Pièce vue")
    doublons: DoublonsEcartes | None = champ("Demandes proches écartées")
    anteriorite_motif: TexteLibre | None = champ("Ce qui prouve une réception plus ancienne")
    reference_editeur: str | None = Field(
        default=None,
        title="Référence de la demande chez l’éditeur\u00a0; lui seul la relit",
        examples=["D-88231"],
        max_length=REFERENCE_MAX,
        pattern=r"^[^\x00-\x1f\x7f]*$",
    )
    contenu: ContenuRecu = dire("Contenu de la demande")
    nirs: dict[ReferencePersonne, Ligne] = dire(
        "Numéros de sécurité sociale, par personne", {"demandeur": "2 85 04 59 999 123 03"}, defaut={}
    )


class ContenuEntier(Recu):
    """The whole content that is wanted."""

    contenu: ContenuRecu = dire("Contenu voulu, en entier")
    nirs: dict[ReferencePersonne, Ligne] = dire("Numéros de sécurité sociale saisis, par personne", defaut={})
    motif: Ligne | None = champ("Pourquoi la demande change")
    document: Ligne | None = champ("Justificatif présenté")


class Avertissement(Dit):
    """What is remarked and refuses nothing."""

    code: str = dire("Code stable", "EMPLOYEUR_ABSENT")
    detail: str = dire("Phrase")
    pointeur: str = dire("Emplacement", "/contenu/demandeur/situation_professionnelle/employeur")


class Enregistree(Dit):
    """The receipt of a registration: the number is given at once (CCH R441-2-3)."""

    nud: str = dire("Numéro unique", NUD)
    revision: int = dire("Révision", 1)
    date_depot: date = dire("Date qui compte pour l’ancienneté", JOUR)
    anteriorite_en_attente: bool = dire("Une date antérieure attend une décision", False)


class EnAttente(Dit):
    """A change recorded that waits for somebody's decision."""

    id: uuid.UUID = dire("Identifiant")
    reference: str = dire("Personne concernée", "demandeur")
    nature: Literal["IDENTITE", "DEPART"] = dire("Ce qui attend", "IDENTITE")
    depuis: datetime = dire("Depuis")
    decide_par: str = dire("Qui décide", "une autre personne du guichet ou le gestionnaire territorial")
    suivi: str = dire("Adresse à relire")


class Modifiee(Dit):
    """What a change did: paths that changed at once, and what waits."""

    nud: str = dire("Numéro unique", NUD)
    revision: int = dire("Révision", REVISION)
    champs: list[str] = dire("Champs changés", ["demandeur.contact.telephone_portable"])
    en_attente: list[EnAttente] = dire("Ce qui attend une décision")


class PersonneLue(Dit):
    """One adult of the demande."""

    reference: str = dire("Référence dans le contenu", "demandeur")
    personne: uuid.UUID = dire("Identifiant stable de la personne")
    nir_masque: str | None = dire("Numéro de sécurité sociale, masqué", "2 85 04 •• ••• ••• ••", defaut=None)
    courriel_etat: str = dire("État de l’adresse électronique")
    en_attente: EnAttente | None = dire("Changement qui attend", defaut=None)


class RadiationLue(Dit):
    """The striking-off that holds."""

    motif: str = dire("Motif\u00a0: liste ListeMotifRadiation", "RADABA")
    date_radiation: date = dire("Jour de la radiation", JOUR)
    reactivable_jusqu_au: date = dire("Dernier jour pour la faire revenir", "2027-11-24")


class DemandeLue(Dit):
    """A demande as this caller may read it."""

    nud: str = dire("Numéro unique", NUD)
    statut: str = dire("Statut (liste ouverte)", "ACTIVE")
    revision: int = dire("Révision", REVISION)
    territoire: str = dire("Territoire", "099")
    canal: str = dire("Par où elle est entrée", "GUICHET")
    guichet_createur: str = dire("Guichet d’enregistrement", "G0993")
    guichet_gestionnaire: str = dire("Guichet qui la suit", "G0993")
    date_depot: date = dire("Date de dépôt", JOUR)
    date_anciennete: date = dire("Date qui compte pour l’ancienneté", JOUR)
    date_enregistrement: date = dire("Date d’enregistrement", JOUR)
    date_dernier_renouvellement: date | None = dire("Dernier renouvellement", defaut=None)
    date_expiration: date = dire("Dernier jour de validité", "2027-11-24")
    figee: bool = dire("Dossier figé le temps d’une enquête", False)
    sante_lisible: bool = dire("Les données de santé sont dans la réponse", True)
    anteriorite_en_attente: bool = dire("Une date antérieure attend une décision", False)
    radiation: RadiationLue | None = dire("Radiation en vigueur", defaut=None)
    reference_editeur: str | None = dire("Référence chez l’éditeur qui lit", "D-88231", defaut=None)
    personnes: list[PersonneLue] = dire("Adultes de la demande")
    contenu: ContenuEmis = dire("Contenu, ou les parties demandées par «\u00a0champs\u00a0»")


class EtatLu(Dit):
    """A demande as it was."""

    nud: str = dire("Numéro unique", NUD)
    instant: datetime = dire("Instant demandé")
    revision: int = dire("Révision d’alors", 1)
    survenu_le: datetime = dire("Instant de cette révision")
    statut: str = dire("Statut d’alors", "ACTIVE")
    date_depot: date = dire("Date qui comptait pour l’ancienneté", JOUR)
    date_dernier_renouvellement: date | None = dire("Dernier renouvellement d’alors", defaut=None)
    date_expiration: date = dire("Dernier jour de validité d’alors", "2027-11-24")
    guichet_gestionnaire: str = dire("Guichet qui la suivait", "G0993")
    contenu: ContenuEmis = dire("Contenu d’alors")


class Changement(Dit):
    """A change that waits, or waited, for a decision."""

    id: uuid.UUID = dire("Identifiant")
    nud: str = dire("Numéro unique", NUD)
    nature: Literal["IDENTITE", "DEPART", "ANTERIORITE", "ANNULATION"] = dire("Ce qui attend", "IDENTITE")
    etat: str = dire("EN_ATTENTE, puis ce qui a été décidé (liste ouverte)", "EN_ATTENTE")
    depuis: datetime = dire("Depuis")
    decide_le: datetime | None = dire("Décidé le", defaut=None)
    motif: str | None = dire("Code du motif d’un refus", defaut=None)
