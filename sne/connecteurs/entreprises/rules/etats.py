"""A company and its establishments as they are told to people: open, closed since, partly hidden, unknown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Etat(StrEnum):
    """Whether it still exists."""

    ACTIF = "ACTIF"
    FERME = "FERME"


@dataclass(frozen=True, slots=True)
class Etablissement:
    """One place of a company. ``masque``: it asked not to be shown, so that its name and its address are not whole."""

    siret: str
    etat: Etat
    ferme_le: date | None
    adresse: str
    code_commune: str
    commune: str
    siege: bool
    enseigne: str
    masque: bool


@dataclass(frozen=True, slots=True)
class Entreprise:
    """One company, with the establishments that were looked for. ``categorie``: its legal kind (INSEE)."""

    siren: str
    nom: str
    etat: Etat
    fermee_le: date | None
    categorie: str
    masquee: bool
    etablissements: tuple[Etablissement, ...]


INTROUVABLE = (
    "Ce numéro est bien formé, mais aucune entreprise visible ne le porte. Certaines demandent à ne pas être "
    "montrées\u00a0: vérifiez-le sur un bulletin de paie, et gardez-le."
)
MASQUE = "Cette entreprise a demandé à ne pas être montrée\u00a0: son nom et son adresse peuvent manquer."
SANS_DATE = "à une date que la source ne donne pas"


def dire_etablissement(vu: Etablissement) -> str:
    """What is said of an establishment; empty when there is nothing to say."""
    phrases = []
    if vu.etat is Etat.FERME:
        quand = f"le {vu.ferme_le:%d/%m/%Y}" if vu.ferme_le else SANS_DATE
        phrases.append(f"Cet établissement a fermé {quand}. Demandez où la personne travaille aujourd’hui.")
    if vu.masque:
        phrases.append(MASQUE)
    return " ".join(phrases)


def dire_entreprise(vue: Entreprise) -> str:
    """What is said of a company; empty when there is nothing to say."""
    phrases = []
    if vue.etat is Etat.FERME:
        quand = f"le {vue.fermee_le:%d/%m/%Y}" if vue.fermee_le else SANS_DATE
        phrases.append(f"Cette entreprise a cessé son activité {quand}.")
    if vue.masquee:
        phrases.append(MASQUE)
    return " ".join(phrases)
