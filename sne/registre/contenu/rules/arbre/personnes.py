"""The adults of the household: who they are said to be, how to reach them, their work and their money."""

from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.noeud import Noeud, champ, requis
from sne.registre.contenu.rules.arbre.telephone import Telephone
from sne.registre.contenu.rules.arbre.types_de_champ import (
    MAX_LISTE,
    Annee,
    Code,
    CodeCommune,
    CodePaysInsee,
    Courriel,
    EmpreinteHex,
    IdPersonne,
    Jour,
    Ligne,
    Montant,
    Nom,
    Siret,
)


class EtatNir(StrEnum):
    """What is known of a NIR: permanent (first sign 1 or 2), a waiting number, or declared as not held."""

    PERMANENT = "PERMANENT"
    PROVISOIRE = "PROVISOIRE"
    AUCUN = "AUCUN"


class Nir(Noeud):
    """Trace of a NIR in the tree: its state and keyed fingerprint (hexadecimal). The number itself is never
    here.
    """

    feuille: ClassVar[bool] = True

    etat: EtatNir = requis("État du numéro de sécurité sociale")
    empreinte: EmpreinteHex | None = champ("Empreinte du numéro de sécurité sociale")

    @model_validator(mode="after")
    def _aucun_sans_empreinte(self) -> Self:
        if self.etat is EtatNir.AUCUN and self.empreinte is not None:
            raise PydanticCustomError("forme", "ne peut pas être à la fois absent et renseigné")
        return self


class LieuNaissance(Noeud):
    """Place of birth: INSEE commune in France, INSEE country abroad."""

    commune: CodeCommune | None = champ("Commune de naissance")
    pays: CodePaysInsee | None = champ("Pays de naissance")


class Identite(Noeud):
    """Civil status of an adult. Stored as rows of its own, never in the document (see ``stockage``).

    ``date_naissance_presumee`` says that day or month is unknown to the civil registry: the date then holds
    1 January or the first of the month.
    """

    civilite: Code | None = champ("Civilité", liste="ListeCivilite")
    nom_naissance: Nom | None = champ("Nom de naissance")
    nom_usage: Nom | None = champ("Nom d’usage")
    prenoms: Nom | None = champ("Prénoms")
    date_naissance: Jour | None = champ("Date de naissance")
    date_naissance_presumee: bool | None = champ("Date de naissance incomplète à l’état civil")
    lieu_naissance: LieuNaissance = champ("Lieu de naissance", defaut=LieuNaissance())
    nir: Nir | None = champ("Numéro de sécurité sociale")
    nationalite: Code | None = champ("Nationalité", liste="ListeNationalite")

    @property
    def sans_nir(self) -> bool:
        """Whether the person said that they hold no number: an answer, where ``None`` is a question still open."""
        return self.nir is not None and self.nir.etat is EtatNir.AUCUN


class Contact(Noeud):
    """Ways to reach someone."""

    telephone_domicile: Telephone | None = champ("Téléphone du domicile")
    telephone_portable: Telephone | None = champ("Téléphone portable")
    telephone_travail: Telephone | None = champ("Téléphone du travail")
    courriel: Courriel | None = champ("Adresse électronique")


class SituationProfessionnelle(Noeud):
    """Status (wider than the contract: it includes retirement, studies, unemployment) and employer."""

    profession: Ligne | None = champ("Profession")
    statut: Code | None = champ("Situation professionnelle", liste="ListeTypeContratTravail")
    plusieurs_employeurs: bool | None = champ("Plusieurs employeurs")
    employeur: Ligne | None = champ("Employeur principal")
    employeur_siret: Siret | None = champ("SIRET de l’employeur")
    lieu_travail: Localite = champ("Lieu de travail", defaut=Localite())
    organisme_collecteur: Ligne | None = champ("Organisme collecteur")


class RevenuFiscal(Noeud):
    """Reference tax income (*revenu fiscal de référence*) of one year, in euros. ``None`` is not zero."""

    annee: Annee | None = champ("Année du revenu")
    montant: Montant | None = champ("Revenu fiscal de référence")


class RevenusFiscaux(Noeud):
    """Tax incomes of the last two years. N-2 is the reference for ceilings; N-1 serves when income fell."""

    n_moins_1: RevenuFiscal = champ("Année N-1", defaut=RevenuFiscal())
    n_moins_2: RevenuFiscal = champ("Année N-2", defaut=RevenuFiscal())


class RessourceRecue(Noeud):
    """One monthly income, in euros. No amount means « has it, amount unknown »."""

    nature: Code | None = champ("Nature de la ressource", liste="ListeRessourceRecue")
    montant_mensuel: Montant | None = champ("Montant mensuel")


class RessourceVersee(Noeud):
    """One monthly payment made (alimony), in euros."""

    nature: Code | None = champ("Nature du versement", liste="ListeRessourceVersee")
    montant_mensuel: Montant | None = champ("Montant mensuel")


class Ressources(Noeud):
    """Monthly incomes and payments; order and repeated natures are kept."""

    recues: tuple[RessourceRecue, ...] = Field(default=(), max_length=MAX_LISTE, title="Ressources reçues")
    versees: tuple[RessourceVersee, ...] = Field(default=(), max_length=MAX_LISTE, title="Pensions versées")


class Personne(Noeud):
    """What the applicant and each co-holder have in common.

    ``personne`` is the id of the register's row that stays the same whatever is said of the person; it is
    ours, not a field of the form.
    """

    personne: IdPersonne | None = champ("Identifiant interne de la personne")
    identite: Identite = champ("Identité", defaut=Identite())
    situation_familiale: Code | None = champ("Situation familiale", liste="ListeSituationFamiliale")
    contact: Contact = champ("Coordonnées", defaut=Contact())
    situation_professionnelle: SituationProfessionnelle = champ(
        "Situation professionnelle", defaut=SituationProfessionnelle()
    )
    revenus_fiscaux: RevenusFiscaux = champ("Revenus fiscaux", defaut=RevenusFiscaux())
    ressources: Ressources = champ("Ressources mensuelles", defaut=Ressources())


class Demandeur(Personne):
    """The applicant (CCH R441-2-2, a to e)."""

    adresse_courrier: Adresse | None = champ("Adresse de courrier")


class Cotitulaire(Personne):
    """A future co-holder of the lease: spouse, partner, or flat-mate."""

    lien_demandeur: Code | None = champ("Lien avec le demandeur", liste="ListeLienDemandeur")
