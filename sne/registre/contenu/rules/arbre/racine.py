"""The root of the tree: everything a household, or an association, declares in one application."""

from enum import StrEnum

from pydantic import Field

from sne.registre.contenu.rules.arbre.foyer import Foyer
from sne.registre.contenu.rules.arbre.handicap import Handicap
from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.registre.contenu.rules.arbre.logement import LogementActuel, LogementPossede
from sne.registre.contenu.rules.arbre.noeud import Noeud, champ, requis
from sne.registre.contenu.rules.arbre.personnes import Contact, Cotitulaire, Demandeur
from sne.registre.contenu.rules.arbre.souhaits import Motifs, Souhaits
from sne.registre.contenu.rules.arbre.types_de_champ import (
    MAX_COTITULAIRES,
    MAX_HANDICAPS,
    Courriel,
    Nom,
    Siren,
    TexteLibre,
)


class Titulaire(StrEnum):
    """Who applies: a natural person, or an association that will sublet (it decides which branch is
    filled).
    """

    PERSONNE = "PERSONNE"
    ASSOCIATION = "ASSOCIATION"


class Association(Noeud):
    """An association that applies; rubrics a, b and h of CCH R441-2-2 only."""

    nom: Nom | None = champ("Nom de l’association")
    siren: Siren | None = champ("SIREN de l’association")
    contact: Contact = champ("Coordonnées de l’association", defaut=Contact())
    adresse_courrier: Adresse | None = champ("Adresse de courrier de l’association")


class Preferences(Noeud):
    """How they wish to be told. Nothing said is not a consent, and is not a refusal either."""

    avis_renouvellement_electronique: bool | None = champ("Avis de renouvellement par voie électronique")
    notification_sms: bool | None = champ("Notifications par SMS")
    notification_evenements: bool | None = champ("Notifications des événements du dossier")


class Accompagnant(Noeud):
    """Someone who helps with the application."""

    accompagne: bool | None = champ("Accompagné dans ses démarches")
    courriel: Courriel | None = champ("Adresse électronique de l’accompagnant")


class Contenu(Noeud):
    """The whole content of an application, as one immutable tree (CCH R441-2-2; décret 2017-917, art. 3).

    Only ``titulaire`` and the keys of dependants are required by type: a tree under entry is a tree too,
    and what is missing is said by ``completude`` and ``controles``.
    """

    titulaire: Titulaire = requis("Titulaire", liste="ListeTitulaire")
    demandeur: Demandeur | None = champ("Demandeur")
    cotitulaires: tuple[Cotitulaire, ...] = Field(
        default=(), max_length=MAX_COTITULAIRES, title="Cotitulaires"
    )
    foyer: Foyer = champ("Foyer", defaut=Foyer())
    logement_actuel: LogementActuel = champ("Logement actuel", defaut=LogementActuel())
    logement_possede: LogementPossede = champ("Logement possédé", defaut=LogementPossede())
    motifs: Motifs = champ("Motifs", defaut=Motifs())
    souhaits: Souhaits = champ("Logement recherché", defaut=Souhaits())
    handicaps: tuple[Handicap, ...] = Field(default=(), max_length=MAX_HANDICAPS, title="Fiches handicap")
    association: Association | None = champ("Association")
    preferences: Preferences = champ("Préférences", defaut=Preferences())
    precisions: TexteLibre | None = champ("Précisions")
    accompagnant: Accompagnant = champ("Accompagnant", defaut=Accompagnant())
