"""Who applies together: alone, a couple, a parent; the children they have at that age, or expect."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from random import Random

from sne.demo.generation.identites import Adulte, annees, tirer_adulte, tirer_naissance, tirer_prenoms
from sne.demo.generation.listes import Origine, origines
from sne.demo.generation.urnes import Urne, une_fois_sur

AGE_PREMIER_ENFANT, AGE_DERNIER_ENFANT = 19, 43
AGE_QUITTE_LE_FOYER = 21
SEMAINES_ANNONCEES = 26  # a birth is told in the last six months


class Forme(Enum):
    """Shape of a household."""

    SEUL = "seul"
    PARENT_SEUL = "parent seul"
    COUPLE = "couple"
    COUPLE_AVEC_ENFANTS = "couple avec enfants"
    COLOCATION = "colocation"


FORMES = Urne(
    [
        (Forme.SEUL, 0.44),
        (Forme.PARENT_SEUL, 0.25),
        (Forme.COUPLE, 0.09),
        (Forme.COUPLE_AVEC_ENFANTS, 0.20),
        (Forme.COLOCATION, 0.02),
    ]
)
AGES = {
    Forme.SEUL: Urne(
        [(range(18, 26), 0.24), (range(26, 40), 0.27), (range(40, 62), 0.31), (range(62, 88), 0.18)]
    ),
    Forme.PARENT_SEUL: Urne([(range(20, 30), 0.22), (range(30, 45), 0.56), (range(45, 56), 0.22)]),
    Forme.COUPLE: Urne([(range(20, 32), 0.38), (range(32, 60), 0.30), (range(60, 84), 0.32)]),
    Forme.COUPLE_AVEC_ENFANTS: Urne([(range(22, 32), 0.30), (range(32, 45), 0.55), (range(45, 56), 0.15)]),
    Forme.COLOCATION: Urne([(range(18, 30), 0.8), (range(30, 60), 0.2)]),
}
NOMBRE_D_ENFANTS = Urne([(1, 0.42), (2, 0.33), (3, 0.16), (4, 0.06), (5, 0.03)])
SITUATIONS = {
    Forme.SEUL: Urne([("C", 0.66), ("D", 0.16), ("S", 0.08), ("V", 0.10)]),
    Forme.PARENT_SEUL: Urne([("C", 0.45), ("D", 0.27), ("S", 0.24), ("V", 0.04)]),
    Forme.COLOCATION: Urne([("C", 1.0)]),
}
LIENS = Urne([("M", 0.55), ("P", 0.14), ("C", 0.31)])  # ListeLienDemandeur of the couples
SITUATION_DU_LIEN = {"M": "M", "P": "P", "C": "U"}


@dataclass(frozen=True, slots=True)
class Enfant:
    """A child of the household: in charge, or in custody (``garde``: G shared, D visits)."""

    nom: str
    prenom: str
    naissance: date
    sexe: str
    garde: str = ""


@dataclass(frozen=True, slots=True)
class Foyer:
    """A household on one day. ``lien`` is empty without a second adult; ``naissance_prevue`` is a date to come."""

    forme: Forme
    demandeur: Adulte
    cotitulaire: Adulte | None
    situation: str
    lien: str
    enfants: tuple[Enfant, ...]
    naissance_prevue: date | None

    @property
    def adultes(self) -> tuple[Adulte, ...]:
        return (self.demandeur,) if self.cotitulaire is None else (self.demandeur, self.cotitulaire)

    @property
    def a_charge(self) -> tuple[Enfant, ...]:
        return tuple(e for e in self.enfants if not e.garde)

    @property
    def en_garde(self) -> tuple[Enfant, ...]:
        return tuple(e for e in self.enfants if e.garde)

    @property
    def taille(self) -> int:
        """People to house, the child expected included."""
        return len(self.adultes) + len(self.enfants) + (self.naissance_prevue is not None)


def tirer_foyer(hasard: Random, jour: date, communes: Urne[str]) -> Foyer:
    """A household as it is on ``jour``."""
    forme = FORMES.tirer(hasard)
    origine = origines().tirer(hasard)
    sexe = "F" if une_fois_sur(hasard, 0.85 if forme is Forme.PARENT_SEUL else 0.52) else "M"
    age = hasard.choice(AGES[forme].tirer(hasard))
    demandeur = tirer_adulte(hasard, origine=origine, sexe=sexe, age=age, jour=jour, communes=communes)
    cotitulaire = _cotitulaire(hasard, forme, demandeur, jour=jour, communes=communes)
    lien = "" if cotitulaire is None else "L" if forme is Forme.COLOCATION else LIENS.tirer(hasard)
    situation = SITUATION_DU_LIEN.get(lien) or _situation_seule(hasard, forme, age)
    return Foyer(
        forme=forme,
        demandeur=demandeur,
        cotitulaire=cotitulaire,
        situation=situation,
        lien=lien,
        enfants=_enfants(hasard, forme, demandeur, cotitulaire, situation=situation, jour=jour),
        naissance_prevue=_naissance_prevue(hasard, forme, demandeur, cotitulaire, jour=jour),
    )


def _situation_seule(hasard: Random, forme: Forme, age: int) -> str:
    situation = SITUATIONS.get(forme, SITUATIONS[Forme.SEUL]).tirer(hasard)
    if age < 26:
        return "C"
    return "V" if situation == "C" and age > 75 else situation


def _cotitulaire(
    hasard: Random, forme: Forme, demandeur: Adulte, *, jour: date, communes: Urne[str]
) -> Adulte | None:
    if forme in {Forme.SEUL, Forme.PARENT_SEUL}:
        return None
    autre_sexe = "M" if demandeur.sexe == "F" else "F"
    meme = forme is Forme.COLOCATION or une_fois_sur(hasard, 0.04)
    origine = demandeur.origine if une_fois_sur(hasard, 0.7) else origines().tirer(hasard)
    age = max(18, demandeur.age(jour) + hasard.randint(-6, 6))
    return tirer_adulte(
        hasard,
        origine=origine,
        sexe=demandeur.sexe if meme else autre_sexe,
        age=age,
        jour=jour,
        communes=communes,
    )


def _enfants(
    hasard: Random, forme: Forme, demandeur: Adulte, cotitulaire: Adulte | None, *, situation: str, jour: date
) -> tuple[Enfant, ...]:
    separe = forme is Forme.SEUL and situation in {"D", "S"} and une_fois_sur(hasard, 0.4)
    if not separe and forme not in {Forme.PARENT_SEUL, Forme.COUPLE_AVEC_ENFANTS}:
        return ()
    parents = [a.naissance for a in (demandeur, cotitulaire) if a is not None]
    plus_jeune = max(parents)
    ages = _ages_possibles(annees(plus_jeune, jour))
    nom = demandeur.nom if cotitulaire is None or une_fois_sur(hasard, 0.5) else cotitulaire.nom
    garde = ("G" if une_fois_sur(hasard, 0.6) else "D") if separe else ""
    nombre = min(NOMBRE_D_ENFANTS.tirer(hasard), len(ages))
    return tuple(
        _enfant(hasard, demandeur.origine, nom=nom, age=age, jour=jour, garde=garde)
        for age in sorted(hasard.sample(ages, nombre), reverse=True)
    )


def _ages_possibles(age_du_parent: int) -> range:
    """Ages of children that a parent of this age may still have at home."""
    plus_grand = min(AGE_QUITTE_LE_FOYER - 1, age_du_parent - AGE_PREMIER_ENFANT)
    plus_petit = max(0, age_du_parent - AGE_DERNIER_ENFANT)
    return range(plus_petit, max(plus_petit, plus_grand) + 1)


def _enfant(hasard: Random, origine: Origine, *, nom: str, age: int, jour: date, garde: str) -> Enfant:
    sexe = hasard.choice("FM")
    naissance = tirer_naissance(hasard, age=age, jour=jour)
    prenom = tirer_prenoms(hasard, origine=origine, sexe=sexe, annee=naissance.year, plusieurs=False)
    return Enfant(nom=nom, prenom=prenom, naissance=naissance, sexe=sexe, garde=garde)


def _naissance_prevue(
    hasard: Random, forme: Forme, demandeur: Adulte, cotitulaire: Adulte | None, *, jour: date
) -> date | None:
    meres = [
        a for a in (demandeur, cotitulaire) if a is not None and a.sexe == "F" and 19 <= a.age(jour) <= 42
    ]
    attendue = forme is not Forme.COLOCATION and bool(meres) and une_fois_sur(hasard, 0.06)
    return jour + timedelta(weeks=hasard.randint(2, SEMAINES_ANNONCEES)) if attendue else None
