"""Looking for demandes."""

from datetime import date
from typing import Any

from pydantic import Field

from sne.api.contenu import ContenuRecu
from sne.api.schemas.commun import Dit, Recu, dire
from sne.api.schemas.demandes import IdentiteEmise
from sne.registre.contenu.rules.arbre.noeud import champ
from sne.registre.contenu.rules.arbre.types_de_champ import (
    Code,
    CodeCommune,
    Jour,
    Ligne,
    Nom,
    ReferencePersonne,
)
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.recherche.rules.texte import Filtre


class Periode(Recu):
    """Days from one to the other, both included."""

    debut: Jour | None = champ("Premier jour")
    fin: Jour | None = champ("Dernier jour")


class CriteresRecus(Recu):
    """A demande must meet each criterion given; one of them at least must be selective."""

    statut: Statut | None = champ("Statut")
    depot: Periode | None = champ("Dépôt")
    renouvellement: Periode | None = champ("Dernier renouvellement")
    radiation: Periode | None = champ("Radiation en vigueur")
    motif: Code | None = champ("Motif de la demande\u00a0: liste ListeMotifDemande")
    motif_radiation: MotifRadiation | None = champ("Motif de radiation")
    commune_souhaitee: CodeCommune | None = champ("Commune souhaitée")
    commune_attribution: CodeCommune | None = champ("Commune d’un logement attribué")
    delai_anormal: bool | None = champ("Délai anormalement long")
    conditions_multiples: bool | None = champ("Attribuée plusieurs fois sous condition")
    association: Ligne | None = champ("Nom de l’association")
    nom: Nom | None = champ("Début du nom d’un adulte")
    prenoms: Nom | None = champ("Début de ses prénoms")
    date_naissance: Jour | None = champ("Date de naissance")
    pieces: tuple[Ligne, ...] = Field(default=(), title="Pièces qui sont toutes au dossier", max_length=20)


class RechercheRecue(Recu):
    """What is typed (a number, a contact, or words of a name with or without a birth date), or criteria."""

    texte: str | None = Field(
        default=None,
        title="Numéro, téléphone, courriel, ou nom et date de naissance",
        examples=["Dubreuil 14/03/1987"],
        max_length=200,
    )
    filtre: Filtre = dire("Lesquelles", "toutes", defaut=Filtre.TOUTES)
    suite: str | None = Field(default=None, title="Repère de page d’une réponse précédente", max_length=500)
    criteres: CriteresRecus | None = champ("Critères\u00a0; la réponse donne alors les numéros seuls")


class Trouvee(Dit):
    """A demande that answers."""

    nud: str = dire("Numéro unique", "0991126000412G0993")
    statut: str = dire("Statut (liste ouverte)", "ACTIVE")
    date_depot: date = dire("Date de dépôt")
    date_expiration: date = dire("Dernier jour de validité")
    nom: str = dire("Nom de naissance du demandeur")
    prenoms: str = dire("Prénoms")
    date_naissance: date = dire("Date de naissance")
    civilite: str = dire("Civilité\u00a0: liste ListeCivilite")
    commune: str = dire("Commune de l’adresse")
    pourquoi: str = dire("Pourquoi elle est là")
    trouve: str | None = dire("Le cotitulaire par lequel elle est trouvée", defaut=None)
    identite_en_attente: bool = dire("Un changement d’identité attend")


class NumeroTrouve(Dit):
    """A demande that meets the criteria, by its number alone."""

    nud: str = dire("Numéro unique", "0991126000412G0993")


class DoublonsCherches(Recu):
    """The adults of one household, as a content says them."""

    contenu: ContenuRecu = dire("Contenu, au moins les identités des adultes")
    nirs: dict[ReferencePersonne, Ligne] = dire("Numéros de sécurité sociale, par personne", defaut={})


class ProcheLue(Dit):
    """A demande that may be of the same household; what is given of it depends on who may know of it."""

    nud: str = dire("Numéro unique", "0991126000412G0993")
    statut: str = dire("Statut (liste ouverte)", "ACTIVE")
    date_expiration: date = dire("Dernier jour de validité")
    role: str = dire("Rôle de la personne proche", "DEMANDEUR")
    nom: str = dire("Nom de naissance")
    prenoms: str = dire("Prénoms")
    date_naissance: date = dire("Date de naissance")
    score: str = dire("Ressemblance, de 0 à 1", "0.92")
    raisons: list[str] = dire("Pourquoi elle est proche")
    bloque: bool = dire("Le même numéro de sécurité sociale tient une demande ouverte")
    demandeur: IdentiteEmise | None = dire("Identité du demandeur", defaut=None)
    cotitulaires: list[IdentiteEmise] = dire("Identités des cotitulaires", defaut=[])
    adresse_courrier: dict[str, Any] | None = dire("Adresse de courrier", defaut=None)
    adresse_logement: dict[str, Any] | None = dire("Adresse du logement", defaut=None)
    localisations: list[dict[str, Any]] = dire("Communes souhaitées", defaut=[])
