"""Adults and children: a name, a birth, a nationality that go together."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sne.demo.generation.listes import Origine, prenoms_usuels
from sne.demo.generation.urnes import Urne, une_fois_sur

MAJORITE = 18
NOMBRE_DE_PRENOMS = Urne([(1, 0.62), (2, 0.26), (3, 0.12)])
NAISSANCES_EN_FRANCE = {
    "bretonne": ("35238", "56260", "29019"),
    "alsacienne": ("67482", "68066"),
    "corse": ("2B033", "2A004"),
    "antillaise": ("97209", "97105"),
    "reunionnaise": ("97411", "97416"),
}
GRANDES_VILLES = ("31555", "33063", "44109", "59350", "34172", "06088")


@dataclass(frozen=True, slots=True)
class Adulte:
    """One adult as drawn. ``sexe``: F or M; ``lieu`` holds the country or the commune of birth."""

    origine: Origine
    sexe: str
    nom: str
    prenoms: str
    naissance: date
    presumee: bool
    lieu: dict[str, str]
    nationalite: str

    @property
    def civilite(self) -> str:
        return "2" if self.sexe == "F" else "1"

    def age(self, jour: date) -> int:
        """Whole years on that day."""
        return annees(self.naissance, jour)


def annees(naissance: date, jour: date) -> int:
    """Whole years between a birth and a day."""
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))


def tirer_adulte(
    hasard: Random, *, origine: Origine, sexe: str, age: int, jour: date, communes: Urne[str]
) -> Adulte:
    """An adult of that age on ``jour``."""
    naissance = tirer_naissance(hasard, age=age, jour=jour)
    ailleurs = une_fois_sur(hasard, origine.part_nee_a_l_etranger)
    presumee = ailleurs and une_fois_sur(hasard, 0.04)
    if presumee:
        naissance = naissance.replace(month=1, day=1)
    lieu = (
        {"pays": hasard.choice(origine.pays)}
        if ailleurs
        else {"commune": _commune(hasard, origine, communes)}
    )
    return Adulte(
        origine=origine,
        sexe=sexe,
        nom=hasard.choice(origine.noms),
        prenoms=tirer_prenoms(hasard, origine=origine, sexe=sexe, annee=naissance.year),
        naissance=naissance,
        presumee=presumee,
        lieu=lieu,
        nationalite=_nationalite(hasard, origine, ailleurs=ailleurs),
    )


def tirer_naissance(hasard: Random, *, age: int, jour: date) -> date:
    """A birth date that makes ``age`` whole years on ``jour``."""
    plus_tot = jour.replace(year=jour.year - age, day=min(jour.day, 28))
    return plus_tot - timedelta(days=hasard.randrange(3, 360))


def tirer_prenoms(hasard: Random, *, origine: Origine, sexe: str, annee: int, plusieurs: bool = True) -> str:
    """One to three first names usual that year in that family, separated by commas as on a civil record."""
    nombre = NOMBRE_DE_PRENOMS.tirer(hasard) if plusieurs else 1
    choisis: dict[str, None] = {}
    for _ in range(nombre):
        groupe = hasard.choice(origine.prenoms)
        choisis[hasard.choice(prenoms_usuels(groupe, sexe, annee))] = None
    return unicodedata.normalize("NFC", ", ".join(choisis))


def _commune(hasard: Random, origine: Origine, communes: Urne[str]) -> str:
    if une_fois_sur(hasard, 0.6):
        return communes.tirer(hasard)
    return hasard.choice(NAISSANCES_EN_FRANCE.get(origine.nom, GRANDES_VILLES))


def _nationalite(hasard: Random, origine: Origine, *, ailleurs: bool) -> str:
    etrangere = une_fois_sur(hasard, 0.6 if ailleurs else 0.06)
    return origine.nationalite_etrangere if etrangere else "1"
