"""Where the household lives, and another dwelling that it may own."""

from pydantic import Field

from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.noeud import Noeud, champ
from sne.registre.contenu.rules.arbre.types_de_champ import (
    MAX_LISTE,
    Code,
    Effectif,
    Jour,
    Ligne,
    Montant,
    Siren,
)


class BailleurSocial(Noeud):
    """The social landlord of the present dwelling."""

    nom: Ligne | None = champ("Nom du bailleur social")
    siren: Siren | None = champ("SIREN du bailleur social")


class Sejour(Noeud):
    """Since when. One per kind of stay: a message may give a date without its status, and both must come
    back.
    """

    depuis: Jour | None = champ("Depuis le")


class SejourNomme(Sejour):
    """Since when, and in which structure."""

    nom: Ligne | None = champ("Nom de la structure")


class LogementActuel(Noeud):
    """The present dwelling (CCH R441-2-2, f). ``adresse`` is ``None`` when they live at the postal address.

    Amounts are in euros per month; ``surface`` in square metres; ``nombre_habitants`` counts who lives
    there now.
    """

    adresse: Adresse | None = champ("Adresse du logement actuel")
    statuts_occupation: tuple[Code, ...] = Field(
        default=(),
        max_length=MAX_LISTE,
        title="Statut d’occupation",
        json_schema_extra={"liste": "ListeModeleLogement"},
    )
    bailleur_social: BailleurSocial = champ("Bailleur social", defaut=BailleurSocial())
    residence_sociale: Sejour = champ("Résidence sociale", defaut=Sejour())
    residence_hoteliere: Sejour = champ("Résidence hôtelière à vocation sociale", defaut=Sejour())
    sous_location: Sejour = champ("Sous-location ou hébergement temporaire", defaut=Sejour())
    structure_hebergement: SejourNomme = champ("Structure d’hébergement", defaut=SejourNomme())
    centre_enfance: SejourNomme = champ("Centre départemental de l’enfance ou maternel", defaut=SejourNomme())
    date_entree: Jour | None = champ("Date d’entrée dans le logement")
    loyer_mensuel: Montant | None = champ("Loyer mensuel, charges comprises")
    aide_logement_mensuelle: Montant | None = champ("Aide au logement (APL ou AL)")
    nombre_habitants: Effectif | None = champ("Nombre de personnes qui y habitent")
    categorie: Code | None = champ("Catégorie du logement", liste="ListeCategorieLogement")
    type: Code | None = champ("Type du logement", liste="ListeTypeLogement")
    surface: Montant | None = champ("Surface habitable")


class LogementPossede(Noeud):
    """Another dwelling owned, anywhere. Owning the dwelling one lives in is a status of occupation
    instead.
    """

    possede: bool | None = champ("Propriétaire d’un autre logement")
    type: Code | None = champ("Type du logement possédé", liste="ListeTypeLogement")
    localite: Localite = champ("Lieu du logement possédé", defaut=Localite())
