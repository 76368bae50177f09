"""The handicap sheets: health data, stored apart from the rest of the content (CCH R441-2-2, i)."""

from pydantic import Field

from sne.registre.contenu.rules.arbre.noeud import Noeud, champ
from sne.registre.contenu.rules.arbre.telephone import Telephone
from sne.registre.contenu.rules.arbre.types_de_champ import (
    MAX_LISTE,
    Code,
    Courriel,
    Jour,
    Ligne,
    ReferencePersonne,
    TexteLibre,
)


class Referent(Noeud):
    """The doctor, therapist or service that follows the person. ``adresse`` is one free line."""

    proche_domicile: bool | None = champ("Suivi souhaité près du domicile")
    nom: Ligne | None = champ("Nom du référent")
    adresse: Ligne | None = champ("Adresse du référent")
    telephone: Telephone | None = champ("Téléphone du référent")
    courriel: Courriel | None = champ("Adresse électronique du référent")


class HandicapMoteur(Noeud):
    """Motor disability."""

    present: bool | None = champ("Handicap moteur")
    natures: tuple[Code, ...] = Field(
        default=(),
        max_length=MAX_LISTE,
        title="Natures du handicap moteur",
        json_schema_extra={"liste": "ListeNatureHandicapMoteur"},
    )


class HandicapSensoriel(Noeud):
    """Sensory disability."""

    present: bool | None = champ("Handicap sensoriel")
    natures: tuple[Code, ...] = Field(
        default=(),
        max_length=MAX_LISTE,
        title="Natures du handicap sensoriel",
        json_schema_extra={"liste": "ListeNatureHandicapSensoriel"},
    )


class AutreHandicap(Noeud):
    """Another disability, in words."""

    present: bool | None = champ("Autre handicap")
    nature: Ligne | None = champ("Nature de l’autre handicap")


class Handicap(Noeud):
    """One sheet per disabled person; ``personne`` points at one member of the household (see
    ``references``).
    """

    date_naissance: Jour | None = champ("Date de naissance")
    personne: ReferencePersonne | None = champ("Personne concernée")
    reconnu: bool | None = champ("Handicap reconnu")
    referent: Referent = champ("Référent", defaut=Referent())
    etat: Code | None = champ("Évolution du handicap", liste="ListeEtatHandicap")
    capacite_marches: Code | None = champ(
        "Capacité à monter des marches", liste="ListeCapaciteMarcheHandicap"
    )
    accompagne: bool | None = champ("Besoin d’être accompagné pour se déplacer")
    moteur: HandicapMoteur = champ("Handicap moteur", defaut=HandicapMoteur())
    sensoriel: HandicapSensoriel = champ("Handicap sensoriel", defaut=HandicapSensoriel())
    autre: AutreHandicap = champ("Autre handicap", defaut=AutreHandicap())
    aides_techniques: tuple[Code, ...] = Field(
        default=(),
        max_length=MAX_LISTE,
        title="Aides techniques",
        json_schema_extra={"liste": "ListeAideTechniqueHandicap"},
    )
    equipements_souhaites: tuple[Code, ...] = Field(
        default=(),
        max_length=MAX_LISTE,
        title="Équipements souhaités",
        json_schema_extra={"liste": "ListeEquipementHandicap"},
    )
    besoin_particulier: TexteLibre | None = champ("Besoin particulier")
    autre_besoin: TexteLibre | None = champ("Autre besoin")
