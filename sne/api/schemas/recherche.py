"""Looking for demandes."""

from datetime import date

from pydantic import Field

from sne.api.schemas.commun import Dit, Recu, dire
from sne.registre.contenu.rules.arbre.noeud import champ
from sne.registre.contenu.rules.arbre.types_de_champ import Jour, Ligne, Nom
from sne.registre.recherche.rules import Filtre


class RechercheRecue(Recu):
    """What is typed: a number, a contact, or words of a name, with or without a birth date."""

    texte: str = Field(
        title="Numéro, téléphone, courriel, ou nom et date de naissance",
        examples=["Dubreuil 14/03/1987"],
        min_length=1,
        max_length=200,
    )
    filtre: Filtre = dire("Lesquelles", "toutes", defaut=Filtre.TOUTES)
    suite: str | None = Field(default=None, title="Repère de page d’une réponse précédente", max_length=500)


class Trouvee(Dit):
    """A demande that answers."""

    nud: str = dire("Numéro unique", "0991126000412G0993")
    statut: str = dire("Statut (liste ouverte)", "ACTIVE")
    date_depot: date = dire("Date de dépôt")
    date_expiration: date = dire("Dernier jour de validité")
    nom: str = dire("Nom de naissance du demandeur")
    prenoms: str = dire("Prénoms")
    date_naissance: date = dire("Date de naissance")
    civilite: str = dire("Civilité : liste ListeCivilite")
    commune: str = dire("Commune de l’adresse")
    pourquoi: str = dire("Pourquoi elle est là")
    trouve: str | None = dire("Le cotitulaire par lequel elle est trouvée", defaut=None)
    identite_en_attente: bool = dire("Un changement d’identité attend")


class Adulte(Recu):
    """What is known of a person before registering them."""

    nom_naissance: Nom | None = champ("Nom de naissance")
    nom_usage: Nom | None = champ("Nom d’usage")
    prenoms: Nom | None = champ("Prénoms")
    date_naissance: Jour | None = champ("Date de naissance")
    nir: Ligne | None = champ("Numéro de sécurité sociale")
    telephone: Ligne | None = champ("Téléphone")


class DoublonsCherches(Recu):
    """The adults of one household."""

    adultes: tuple[Adulte, ...] = Field(title="Adultes du ménage", min_length=1, max_length=11)


class ProcheLue(Dit):
    """A demande that may be of the same household."""

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
