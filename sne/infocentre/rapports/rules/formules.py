"""What an indicator is: an operation on sums of measures, and what its card says of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Operation(StrEnum):
    """How the integers of an indicator make its figure."""

    COMPTE = "COMPTE"
    RAPPORT = "RAPPORT"
    DIFFERENCE = "DIFFERENCE"
    MOYENNE = "MOYENNE"
    TEXTE = "TEXTE"


class Niveau(StrEnum):
    """On which lines an indicator means something."""

    GUICHET = "GUICHET"
    ORGANISME_ANNEE = "ORGANISME_ANNEE"
    """Of a body in a territory, in a civil year; never summed over counters."""


class Statut(StrEnum):
    """What was decided of an indicator."""

    CONSERVE = "CONSERVE"
    SUPPRIME = "SUPPRIME"
    INDECIS = "INDECIS"
    AJOUTE = "AJOUTE"
    MODIFIE = "MODIFIE"


STATUTS: Mapping[Statut, str] = {
    Statut.CONSERVE: "Conservé",
    Statut.SUPPRIME: "Supprimé du nouveau tableau, gardé au catalogue",
    Statut.INDECIS: "Construit, non affiché tant que la décision n’est pas prise",
    Statut.AJOUTE: "Ajouté",
    Statut.MODIFIE: "Modifié",
}
DEUXIEME = "B"
"""Value of the dated parameter by which the second reading of an indicator is the one shown."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """A second way to read the words of an indicator. ``parametre``: the dated one that chooses, « A » or « B »."""

    parametre: str
    numerateur: tuple[str, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator in one version. ``numerateur`` and ``denominateur``: measures, each with « - » before it when it is
    taken away; of a text, the attribute of the counter that it says.

    ``repere``: its number in the table where it was decided. ``phrase``: the formula in words; ``haut`` and ``bas``:
    what its numerator and denominator count; ``vide``: what an empty cell means; ``reference``: the date that places a
    case in the period.
    """

    code: str
    version: int
    repere: str
    libelle: str
    operation: Operation
    numerateur: tuple[str, ...]
    denominateur: tuple[str, ...]
    unite: str
    decimales: int
    niveau: Niveau
    statut: Statut
    phrase: str
    haut: str
    bas: str
    vide: str
    reference: str
    source: str
    lecture: Lecture | None = None

    def retenu(self, lectures: Mapping[str, str]) -> tuple[str, ...]:
        """The numerator of the reading that the dated parameters choose."""
        if self.lecture and lectures.get(self.lecture.parametre) == DEUXIEME:
            return self.lecture.numerateur
        return self.numerateur


def mesures_de(termes: Sequence[str]) -> frozenset[str]:
    """Codes of the measures of a sum."""
    return frozenset(terme.removeprefix("-") for terme in termes)


def evaluer(termes: Sequence[str], comptes: Mapping[str, int]) -> int:
    """The sum of these measures; one that was not counted is 0, since every case would have made a row."""
    return sum(
        -comptes.get(terme[1:], 0) if terme.startswith("-") else comptes.get(terme, 0) for terme in termes
    )


def carte(definition: Definition, lectures: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The lines of the card of an indicator, in order; those that would say nothing are left out."""
    lecture = definition.lecture
    deuxieme = lecture is not None and lectures.get(lecture.parametre) == DEUXIEME
    retenue, autre = definition.phrase, lecture.phrase if lecture else ""
    if deuxieme:
        retenue, autre = autre, retenue
    lignes = (
        ("Formule", retenue),
        ("Numérateur", definition.haut),
        ("Dénominateur", definition.bas),
        ("Autre lecture, calculée et non retenue", autre),
        ("Ce qui place un cas dans la période", definition.reference),
        ("Ce que veut dire une case vide", definition.vide),
        ("Décision", STATUTS[definition.statut]),
        ("Source", definition.source),
        ("Version de la définition", str(definition.version)),
    )
    return tuple((titre, texte) for titre, texte in lignes if texte)
