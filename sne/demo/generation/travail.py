"""Work and money of each adult: status, occupation, tax incomes, resources that agree with one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sne.demo.generation.foyers import Forme, Foyer
from sne.demo.generation.identites import Adulte, annees
from sne.demo.generation.listes import employeurs, metiers
from sne.demo.generation.urnes import Urne, une_fois_sur

AGE_DE_LA_RETRAITE = 63
STATUTS_JEUNES = Urne(
    [("ETU", 0.22), ("APP", 0.12), ("CDD", 0.26), ("CDI", 0.22), ("CHO", 0.10), ("AUT", 0.08)]
)
STATUTS = Urne([("CDI", 0.44), ("CDD", 0.17), ("CHO", 0.15), ("ART", 0.05), ("AUT", 0.19)])
AVEC_EMPLOYEUR = frozenset({"CDI", "CDD", "APP"})
ALLOCATIONS_FAMILIALES = {2: 148, 3: 338, 4: 528, 5: 718}  # euros per month, rounded, by number of children
PART_SANS_RFR = 0.25  # households that have not given their tax notice yet
ABATTEMENT = 0.9  # the reference income is the yearly net pay less a tenth


@dataclass(frozen=True, slots=True)
class Travail:
    """Status (``ListeTypeContratTravail``), occupation, employer, and net monthly income from it (euros)."""

    statut: str
    profession: str = ""
    employeur: str = ""
    revenu: int = 0


def tirer_travail(hasard: Random, adulte: Adulte, jour: date) -> Travail:
    """What an adult does on ``jour``."""
    age = adulte.age(jour)
    if age >= AGE_DE_LA_RETRAITE:
        return Travail("RET", revenu=hasard.randint(78, 190) * 10)
    statut = (STATUTS_JEUNES if age < 26 else STATUTS).tirer(hasard)
    if statut not in metiers():
        revenu = hasard.randint(60, 145) * 10 if statut == "CHO" else 0
        return Travail(statut, revenu=revenu)
    metier = hasard.choice(metiers()[statut])
    return Travail(
        statut,
        profession=metier.feminin if adulte.sexe == "F" else metier.masculin,
        employeur=hasard.choice(employeurs()) if statut in AVEC_EMPLOYEUR else "",
        revenu=hasard.randrange(metier.salaire_min, metier.salaire_max, 10),
    )


def situation_professionnelle(travail: Travail, commune: tuple[str, str]) -> dict[str, Any]:
    """The node of the content tree. ``commune``: INSEE code and postal code of the place of work."""
    noeud: dict[str, Any] = {"statut": travail.statut, "profession": travail.profession or None}
    if travail.employeur:
        code, postal = commune
        noeud["employeur"] = travail.employeur
        noeud["lieu_travail"] = {"etranger": False, "commune": code, "code_postal": postal}
    return noeud


def revenus_fiscaux(hasard: Random, travail: Travail, annee: int) -> dict[str, Any]:
    """Tax incomes of the two years before ``annee``, or nothing when no notice was given."""
    if une_fois_sur(hasard, PART_SANS_RFR):
        return {}
    base = travail.revenu * 12 * ABATTEMENT
    ancien = {"annee": annee - 2, "montant": round(base * hasard.uniform(0.75, 1.05))}
    if not une_fois_sur(hasard, 0.3):
        return {"n_moins_2": ancien}
    return {"n_moins_2": ancien, "n_moins_1": {"annee": annee - 1, "montant": round(base)}}


def ressources(
    hasard: Random, foyer: Foyer, travaux: Sequence[Travail], *, rang: int, jour: date
) -> dict[str, Any]:
    """Monthly resources of adult ``rang``; family allowances go to the applicant, the first."""
    premier = rang == 0
    recues = _revenus_du_travail(hasard, foyer, travaux[rang])
    if any(travail.revenu for travail in travaux):  # the minimum income is the household's, without any other
        recues = [(nature, montant) for nature, montant in recues if nature != "RSA"]
    if premier:
        recues += _allocations(hasard, foyer, jour)
    versees = [("PAV", hasard.randint(8, 30) * 10)] if premier and foyer.en_garde else []
    noeud: dict[str, Any] = {"recues": [_ligne(*r) for r in recues if r[1] > 0]}
    if versees:
        noeud["versees"] = [_ligne(*v) for v in versees]
    return noeud


def _revenus_du_travail(hasard: Random, foyer: Foyer, travail: Travail) -> list[tuple[str, int]]:
    match travail.statut:
        case "RET":
            return [("RET", travail.revenu)]
        case "CHO":
            return [("CHO", travail.revenu)]
        case "ETU":
            return [("BE", hasard.randint(15, 57) * 10)]
        case "AUT":
            return (
                [("AAH", 1016)] if une_fois_sur(hasard, 0.2) else [("RSA", 560 + 120 * len(foyer.a_charge))]
            )
        case _:
            return [("SAL", travail.revenu)]


def _allocations(hasard: Random, foyer: Foyer, jour: date) -> list[tuple[str, int]]:
    enfants = [e for e in foyer.a_charge if annees(e.naissance, jour) < 20]
    lignes = []
    if len(enfants) >= 2:
        lignes.append(("AF", ALLOCATIONS_FAMILIALES[min(5, len(enfants))]))
    if any(annees(e.naissance, jour) < 3 for e in enfants):
        lignes.append(("PAJE", 185))
    if foyer.forme is Forme.PARENT_SEUL and foyer.situation in {"D", "S"} and une_fois_sur(hasard, 0.5):
        lignes.append(("PAR", hasard.randint(9, 26) * 10 * max(1, len(enfants))))
    return lignes


def _ligne(nature: str, montant: int) -> dict[str, Any]:
    return {"nature": nature, "montant_mensuel": montant}
