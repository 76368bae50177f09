"""What an indicator is: an operation on sums of measures, and what its card says of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.rules.termes import fenetre, lire_terme
from sne.socle.signes import INSECABLE, nom_du_mois


class Operation(StrEnum):
    """How the integers of an indicator make its figure."""

    COMPTE = "COMPTE"
    RAPPORT = "RAPPORT"
    DIFFERENCE = "DIFFERENCE"
    MOYENNE = "MOYENNE"
    PART = "PART"
    """Of the line in the total of all lines, in per cent."""
    INDICE = "INDICE"
    """The ratio of the line over the ratio of all lines: 1 is as everywhere."""
    MEDIANE = "MEDIANE"
    DECILE_9 = "DECILE_9"
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
SEUIL = "les deux nombres seuls, sous {} cas au dénominateur"
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
    """One indicator in one version. ``numerateur`` and ``denominateur``: terms (:mod:`.termes`); of a text, the
    attribute of the counter that it says; of a median, the one distribution.

    ``repere``: its number in the table where it was decided. ``phrase``: the formula in words; ``haut`` and ``bas``:
    what its numerator and denominator count; ``vide``: what an empty cell means; ``reference``: the date that places a
    case in the period. ``minimum``: the least denominator under which it shows its two counts; ``None`` for the usual.
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
    minimum: int | None = None

    @property
    def termes(self) -> tuple[str, ...]:
        """Every term of it, of both readings; none for a text."""
        if self.operation is Operation.TEXTE:
            return ()
        return (*self.numerateur, *self.denominateur, *(self.lecture.numerateur if self.lecture else ()))

    @property
    def absence(self) -> str:
        """Why no table shows it; empty when one does."""
        return STATUTS[self.statut] if self.statut in (Statut.SUPPRIME, Statut.INDECIS) else ""

    def titre(self, periode: Periode | None = None) -> str:
        """Its label, in which « {fin} » and « {annee} » are the end of what its first term reads; those words without a
        period.
        """
        if "{" not in self.libelle:
            return self.libelle
        if periode is None:
            return self.libelle.format(fin="période", annee="année")
        lue = fenetre(lire_terme(self.termes[0]).fenetre, periode)
        return self.libelle.format(fin=nom_du_mois(lue.au), annee=lue.annee)

    def retenu(self, lectures: Mapping[str, str]) -> tuple[str, ...]:
        """The numerator of the reading that the dated parameters choose."""
        if self.lecture and lectures.get(self.lecture.parametre) == DEUXIEME:
            return self.lecture.numerateur
        return self.numerateur


OBJECTIFS: Mapping[str, str] = {
    "PART_PRIORITAIRES": "objectif_prioritaires",
    "PART_QUARTILE_HORS_QPV": "objectif_quartile_hors_qpv",
}
"""The dated parameter, in per cent, that each of these indicators has to reach."""


def objectif(definition: Definition, lectures: Mapping[str, str]) -> str:
    """« 25 % »: what the figure has to reach; empty for nothing."""
    parametre = OBJECTIFS.get(definition.code)
    return f"{lectures[parametre]}{INSECABLE}%" if parametre else ""


DELAIS: Mapping[str, str] = {"ANOMALIE_DECISION_SANS_SUITE": "decision_sans_suite_jours"}
"""The dated parameter, in days, past which each of these indicators counts a case."""


def delai_admis(definition: Definition, lectures: Mapping[str, str]) -> str:
    """« 90 jours »: past what a case is counted; empty for nothing dated."""
    parametre = DELAIS.get(definition.code)
    return f"{lectures[parametre]}{INSECABLE}jours" if parametre else ""


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
        ("Seuil propre à cet indicateur", SEUIL.format(definition.minimum) if definition.minimum else ""),
        ("Délai admis", delai_admis(definition, lectures)),
        ("Objectif de la loi", objectif(definition, lectures)),
        ("Décision", STATUTS[definition.statut]),
        ("Source", definition.source),
        ("Version de la définition", str(definition.version)),
    )
    return tuple((titre, texte) for titre, texte in lignes if texte)
