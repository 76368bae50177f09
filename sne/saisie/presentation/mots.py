"""What wording needs, and the values that every section words alike: amounts, dates, yes and no, places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sne.referentiels.rules import Geographie, Nomenclatures
from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.demande.rules.personne import EtatCourriel


@dataclass(frozen=True, slots=True)
class Ligne:
    """A label and its value; ``absence`` stands for an empty one, ``badge`` tells a pending change or a state."""

    libelle: str
    valeur: str = ""
    absence: str = "Non renseigné"
    badge: str = ""
    ton: str = "info"


@dataclass(frozen=True, slots=True)
class Lecture:
    """What it takes to word a content: lists, geography, the day (ages); masked NIR and e-mail state by reference."""

    nomenclatures: Nomenclatures
    geographie: Geographie
    aujourd_hui: date
    nirs: Mapping[str, str] = field(default_factory=dict)
    courriels: Mapping[str, EtatCourriel] = field(default_factory=dict)

    def libelle(self, liste: str, code: str | None) -> str:
        """Label of a code, or an empty text."""
        return self.nomenclatures.libelle(liste, code) if code else ""


@dataclass(frozen=True, slots=True)
class Bloc:
    """Lines under a title; the name of a person where a section speaks of several."""

    lignes: list[Ligne]
    titre: str = ""


def dites(lignes: Iterable[Ligne]) -> list[Ligne]:
    """Lines that have something to say."""
    return [ligne for ligne in lignes if ligne.valeur]


def euros(montant: Decimal | None) -> str:
    """« 1 448,20 € », « 0 € »; empty when it is not known: zero and nothing are two things."""
    if montant is None:
        return ""
    entier, _, centimes = f"{montant:,.2f}".partition(".")
    milliers = entier.replace(",", "\u00a0")
    return f"{milliers}\u00a0€" if centimes == "00" else f"{milliers},{centimes}\u00a0€"


def oui_non(valeur: bool | None) -> str:
    """« Oui », « Non », or an empty text."""
    return {True: "Oui", False: "Non", None: ""}[valeur]


def localite_en_ligne(lieu: Localite, lecture: Lecture) -> str:
    """« 99240 Les Ormeaux », or town and country abroad."""
    if lieu.etranger or (lieu.renseignee_a_l_etranger and not lieu.renseignee_en_france):
        ville = " ".join(filter(None, (lieu.code_postal_etranger, lieu.ville_etrangere)))
        return ", ".join(filter(None, (ville, lieu.pays)))
    nom = lecture.geographie.nom_commune(lieu.commune) if lieu.commune else ""
    return " ".join(filter(None, (lieu.code_postal, nom)))


MORCEAUX = (
    ("Bâtiment", "batiment"),
    ("escalier", "escalier"),
    ("étage", "etage"),
    ("appartement", "appartement"),
)


def adresse_en_ligne(adresse: Adresse | None, lecture: Lecture) -> str:
    """« Chez CCAS, 12 rue des Tanneurs, étage 2, 99240 Les Ormeaux »."""
    if adresse is None:
        return ""
    rue = " ".join(filter(None, (adresse.numero, adresse.voie)))
    chez = f"Chez {adresse.hebergeant}" if adresse.hebergeant else ""
    porte = [f"{mot} {getattr(adresse, nom)}" for mot, nom in MORCEAUX if getattr(adresse, nom)]
    lieu = localite_en_ligne(adresse, lecture)
    return ", ".join(filter(None, (chez, rue, *porte, adresse.complement, adresse.lieu_dit, lieu)))


def a_la_commune(nom: str) -> str:
    """« à Montfleury », « au Havre », « aux Ormeaux »; « à La Rochelle » keeps its article."""
    for article, contracte in (("Le ", "au "), ("Les ", "aux ")):
        if nom.startswith(article):
            return contracte + nom.removeprefix(article)
    return f"à {nom}"
