"""The rest of the household: dependants, children expected, children hosted part of the time."""

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sne.registre.contenu.rules.arbre.noeud import Noeud, champ, requis
from sne.registre.contenu.rules.arbre.personnes import Ressources
from sne.registre.contenu.rules.arbre.types_de_champ import MAX_FOYER, Code, Effectif, Identifiant, Jour, Nom


class PersonneACharge(Noeud):
    """A fiscal dependant who will live in the dwelling.

    ``identifiant`` is a local key, unique in the household and stable from version to version: handicap
    sheets and documents point at it.
    """

    identifiant: Identifiant = requis("Identifiant de la personne à charge")
    nom: Nom | None = champ("Nom")
    prenoms: Nom | None = champ("Prénoms")
    date_naissance: Jour | None = champ("Date de naissance")
    sexe: Code | None = champ("Sexe", liste="ListeSexe")
    lien_parente: Code | None = champ("Lien de parenté", liste="ListeLienParente")


class EnfantsANaitre(Noeud):
    """Births expected; 0 and nothing both mean none, but nothing stays nothing."""

    nombre: Effectif | None = champ("Nombre d’enfants à naître")
    date_prevue: Jour | None = champ("Date de naissance prévue")


class EnfantEnGarde(Noeud):
    """A child who is not a fiscal dependant and is hosted part of the time; the form asks no name."""

    date_naissance: Jour | None = champ("Date de naissance")
    sexe: Code | None = champ("Sexe", liste="ListeSexe")
    mode_garde: Code | None = champ("Mode de garde", liste="ListeCoparentalite")


class Foyer(Noeud):
    """Everyone to be housed who is neither the applicant nor a co-holder."""

    personnes_a_charge: tuple[PersonneACharge, ...] = Field(
        default=(), max_length=MAX_FOYER, title="Personnes à charge"
    )
    enfants_a_naitre: EnfantsANaitre = champ("Enfants à naître", defaut=EnfantsANaitre())
    enfants_en_garde: tuple[EnfantEnGarde, ...] = Field(
        default=(), max_length=MAX_FOYER, title="Enfants en garde alternée ou en droit de visite"
    )
    ressources_personnes_a_charge: Ressources = champ(
        "Ressources des personnes à charge", defaut=Ressources()
    )

    @model_validator(mode="after")
    def _identifiants_distincts(self) -> Self:
        connus = [p.identifiant for p in self.personnes_a_charge]
        if len(set(connus)) != len(connus):
            raise PydanticCustomError("forme", "compte deux personnes à charge de même identifiant")
        return self
