"""What the household asks for: types that fit its size, communes, a rent it can pay; the handicap sheet."""

from random import Random
from typing import Any

from sne.demo.generation.foyers import Foyer
from sne.demo.generation.urnes import Urne, une_fois_sur

NOMBRE_DE_COMMUNES = Urne(
    [(1, 0.30), (2, 0.20), (3, 0.18), (4, 0.10), (5, 0.08), (6, 0.05), (7, 0.03), (8, 0.06)]
)
QUARTIERS = ("Les Remparts", "La Verrerie", "Centre", "Le Moulin", "Les Hauts-Prés")
PART_DES_RESSOURCES = 0.33
LOYER_PLANCHER = 280


def souhaits(
    hasard: Random, foyer: Foyer, *, communes: Urne[str], habitee: str, ressources: int
) -> dict[str, Any]:
    """The node of the content tree. ``ressources``: euros per month of the household; ``habitee``: its commune."""
    noeud: dict[str, Any] = {
        "types_logement": types_souhaites(hasard, foyer),
        "localisations": _localisations(hasard, communes, habitee),
        "accepte_autres_communes": une_fois_sur(hasard, 0.45),
        "accepte_rez_de_chaussee": une_fois_sur(hasard, 0.7),
        "accepte_sans_ascenseur": une_fois_sur(hasard, 0.6),
        "avec_stationnement": une_fois_sur(hasard, 0.35),
        "accepte_quartier_prioritaire": une_fois_sur(hasard, 0.5),
        "colocation": foyer.lien == "L",
    }
    if une_fois_sur(hasard, 0.6):
        noeud["categorie"] = "A" if une_fois_sur(hasard, 0.75) else "M"
    loyer = round(ressources * PART_DES_RESSOURCES / 10) * 10
    if loyer >= LOYER_PLANCHER and une_fois_sur(hasard, 0.7):
        noeud["loyer_maximum"] = loyer
    return noeud


def types_souhaites(hasard: Random, foyer: Foyer) -> list[str]:
    """One or two types around one room per person, living room apart."""
    personnes = foyer.taille
    if personnes == 1:
        return hasard.choice((["T1"], ["T2"], ["T1", "T2"], ["T2"]))
    base = min(5, personnes if personnes <= 3 else personnes - 1)
    types = [f"T{base}"]
    if une_fois_sur(hasard, 0.5):
        types.append("T6P" if base == 5 else f"T{base + 1}")
    return types


def handicap(hasard: Random) -> dict[str, Any]:
    """A sheet for the applicant."""
    moteur = une_fois_sur(hasard, 0.75)
    fiche: dict[str, Any] = {
        "personne": "demandeur",
        "reconnu": une_fois_sur(hasard, 0.7),
        "etat": "STA" if une_fois_sur(hasard, 0.6) else "EVO",
        "capacite_marches": hasard.choice(("1", "2", "2", "3")),
        "accompagne": une_fois_sur(hasard, 0.2),
        "moteur": {"present": moteur, "natures": ["MI"] if moteur else []},
        "sensoriel": {"present": not moteur, "natures": [] if moteur else [hasard.choice(("DA", "DV"))]},
        "aides_techniques": [hasard.choice(("2", "3", "4"))] if moteur else ["1"],
    }
    if moteur:
        fiche["equipements_souhaites"] = hasard.choice((["3"], ["3", "4"], ["4"], ["2", "3", "4"]))
    return fiche


def _localisations(hasard: Random, communes: Urne[str], habitee: str) -> list[dict[str, str]]:
    nombre = NOMBRE_DE_COMMUNES.tirer(hasard)
    choisies = dict.fromkeys([habitee] if une_fois_sur(hasard, 0.7) else [])
    choisies |= dict.fromkeys(communes.tirer_distinctes(hasard, nombre))
    lignes = [{"commune": code} for code in list(choisies)[:nombre]]
    if une_fois_sur(hasard, 0.1):
        lignes[0]["quartier"] = hasard.choice(QUARTIERS)
    return lignes
