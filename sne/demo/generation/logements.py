"""Where the household lives and why it wants to leave: reasons follow from the dwelling and the people."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sne.demo.generation.foyers import Forme, Foyer
from sne.demo.generation.listes import voies
from sne.demo.generation.urnes import Urne, une_fois_sur

STATUTS = Urne(
    [
        ("HLM", 0.32),
        ("LP", 0.25),
        ("CPE", 0.14),
        ("CP", 0.10),
        ("LTG", 0.04),
        ("SH", 0.03),
        ("RS", 0.03),
        ("POCC", 0.03),
        ("SLHT", 0.02),
        ("SD", 0.015),
        ("HOT", 0.01),
        ("FONC", 0.01),
        ("RHVS", 0.005),
        ("CAMCAR", 0.005),
        ("SQUAT", 0.003),
    ]
)
CHEZ_QUELQU_UN = frozenset({"CPE", "CP"})
SANS_LOGEMENT = frozenset({"SD", "SQUAT", "CAMCAR", "HOT"})
AVEC_LOYER = frozenset({"HLM", "LP", "RS", "SLHT"})
AVEC_SURFACE = frozenset({"HLM", "LP", "POCC", "FONC", "LTG"})
SEJOURS = {"RS": "residence_sociale", "RHVS": "residence_hoteliere", "SLHT": "sous_location"}
STRUCTURES = ("Résidence accueil du Val", "Centre d’hébergement des Remparts", "Maison relais du Gué")
DOMICILIATION = "CCAS d’Aurette-la-Ville"
BAILLEURS = (
    ("Habitat Val-d’Aurette", "999000011"),
    ("Logis d’Aurette", "999000029"),
    ("La Maison coopérative du Val", "999000037"),
    ("Aurette Logement", "999000045"),
)
TYPES = ("T1", "T2", "T3", "T4", "T5", "T6P")
SURFACE_PAR_TYPE = {"T1": 27, "T2": 43, "T3": 62, "T4": 78, "T5": 95, "T6P": 120}
MOTIFS = {
    "HLM": Urne([("13", 4), ("17", 3), ("09", 2), ("20", 1), ("21", 1), ("10", 1), ("08", 1), ("19", 1)]),
    "LP": Urne([("09", 5), ("13", 3), ("03", 2), ("04", 1), ("17", 1), ("08", 1), ("19", 1)]),
    "POCC": Urne([("22", 3), ("08", 1), ("11", 1), ("10", 1)]),
    "FONC": Urne([("18", 2), ("09", 1)]),
}
MOTIFS_SANS_TOIT = Urne([("01", 1)])
MOTIFS_CHEZ_AUTRUI = Urne([("01", 5), ("12", 4), ("19", 1), ("14", 0.5)])
SECONDS_MOTIFS = Urne([("19", 3), ("20", 3), ("21", 3), ("17", 1), ("08", 1)])


@dataclass(frozen=True, slots=True)
class Logement:
    """Present dwelling: status (``ListeModeleLogement``), type, surface (m²), rent (euros per month)."""

    statut: str
    type: str
    surface: int
    loyer: int
    depuis: date
    habitants: int


def tirer_logement(hasard: Random, foyer: Foyer, jour: date) -> Logement:
    """The present dwelling of a household on ``jour``."""
    age = foyer.demandeur.age(jour)
    statut = STATUTS.tirer(hasard)
    if statut == "CPE" and age > 45:  # past that age one no longer lives at one's parents'
        statut = "LP"
    presents = len(foyer.adultes) + len(foyer.a_charge)
    pieces = max(1, min(len(TYPES), presents - hasard.choice((0, 1, 1)) + hasard.choice((0, 0, 1))))
    type_ = TYPES[pieces - 1]
    surface = SURFACE_PAR_TYPE[type_] + hasard.randint(-6, 8)
    au_plus = max(30, min((age - 17) * 365, 15 * 365))
    return Logement(
        statut=statut,
        type=type_,
        surface=surface,
        loyer=round(surface * (6.5 if statut == "HLM" else 10.5) + hasard.randint(0, 60)),
        depuis=jour - timedelta(days=hasard.randrange(20, au_plus)),
        habitants=presents + (hasard.randint(1, 4) if statut in CHEZ_QUELQU_UN else 0),
    )


def adresse(hasard: Random, logement: Logement, *, commune: tuple[str, str], hote: str) -> dict[str, Any]:
    """Postal address; ``hote`` is the person who lodges them. Without a dwelling: a domiciliation."""
    code, postal = commune
    noeud: dict[str, Any] = {"etranger": False, "code_postal": postal, "commune": code}
    if logement.statut in SANS_LOGEMENT:
        return {
            **noeud,
            "code_postal": "99000",
            "commune": "99001",
            "hebergeant": DOMICILIATION,
            **_voie("1", "place de la Mairie"),
        }
    noeud |= _voie(str(hasard.randint(1, 140)), hasard.choice(voies()))
    if logement.statut in CHEZ_QUELQU_UN:
        noeud["hebergeant"] = hote
    elif logement.statut in {"SH", "SLHT"}:
        noeud["hebergeant"] = hasard.choice(STRUCTURES)
    elif une_fois_sur(hasard, 0.4):
        noeud |= {"batiment": hasard.choice("ABCD"), "appartement": str(hasard.randint(1, 60))}
    return noeud


def logement_actuel(hasard: Random, logement: Logement) -> dict[str, Any]:
    """The node of the content tree; what a status hides on screen is not filled."""
    noeud: dict[str, Any] = {
        "statuts_occupation": [logement.statut],
        "date_entree": logement.depuis,
        "nombre_habitants": logement.habitants,
    }
    if logement.statut in AVEC_LOYER:
        noeud["loyer_mensuel"] = logement.loyer
        if une_fois_sur(hasard, 0.6):
            noeud["aide_logement_mensuelle"] = round(logement.loyer * hasard.uniform(0.2, 0.5))
    if logement.statut in AVEC_SURFACE:
        noeud |= {"type": logement.type, "surface": logement.surface, "categorie": hasard.choice("AAAM")}
    if logement.statut == "HLM":
        nom, siren = hasard.choice(BAILLEURS)
        noeud["bailleur_social"] = {"nom": nom, "siren": siren}
    if logement.statut in SEJOURS:
        noeud[SEJOURS[logement.statut]] = {"depuis": logement.depuis}
    if logement.statut == "SH":
        noeud["structure_hebergement"] = {"depuis": logement.depuis, "nom": hasard.choice(STRUCTURES)}
    return noeud


def motifs(hasard: Random, foyer: Foyer, logement: Logement, *, handicap: bool) -> dict[str, Any]:
    """One to three ranked reasons, without repeat."""
    codes = {"07": None} if handicap else {}
    if foyer.forme is Forme.PARENT_SEUL and foyer.situation == "S" and une_fois_sur(hasard, 0.5):
        codes["11"] = None
    codes[_premier_motif(hasard, foyer, logement)] = None
    if une_fois_sur(hasard, 0.35):
        codes[SECONDS_MOTIFS.tirer(hasard)] = None
    return {"codes": list(codes)[:3]}


def _premier_motif(hasard: Random, foyer: Foyer, logement: Logement) -> str:
    if logement.statut in CHEZ_QUELQU_UN:
        code = MOTIFS_CHEZ_AUTRUI.tirer(hasard)
        return "12" if code == "14" and foyer.cotitulaire is not None else code
    code = MOTIFS.get(logement.statut, MOTIFS_SANS_TOIT).tirer(hasard)
    pieces = TYPES.index(logement.type) + 1
    if code == "13" and pieces >= foyer.taille:  # not too small for them
        return "09" if logement.statut == "LP" else "17"
    if code == "11" and foyer.cotitulaire is not None:
        return "22"
    if code == "10" and pieces <= foyer.taille + 1:  # not too large either
        return "08"
    return code


def _voie(numero: str, voie: str) -> dict[str, str]:
    return {"numero": numero, "voie": voie}
