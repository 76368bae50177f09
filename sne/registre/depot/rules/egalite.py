"""Equal treatment at the counter: what every household is told and handed, before, during and after the deposit. Pure.

The list is one and the same for everyone: it depends neither on the channel, nor on the work, income or address of the
household. It is recorded, and never conditions the number (CCH R441-2-3).

The attestation is no line of it: its hand-over is recorded once, in the register of the attestations.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Moment(StrEnum):
    """The three steps, in order."""

    AVANT = "AVANT"
    PENDANT = "PENDANT"
    APRES = "APRES"


MOMENTS: Mapping[Moment, str] = {
    Moment.AVANT: "Avant le dépôt",
    Moment.PENDANT: "Pendant le dépôt",
    Moment.APRES: "Après le dépôt",
}


class Nature(StrEnum):
    """Whether something is explained or handed over."""

    EXPLIQUE = "expliqué"
    REMIS = "remis"


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the checklist: code kept for ever, sentence shown, source of the duty."""

    code: str
    moment: Moment
    nature: Nature
    phrase: str
    source: str


POINTS: tuple[Point, ...] = (
    Point(
        "GUICHET_AU_CHOIX",
        Moment.AVANT,
        Nature.EXPLIQUE,
        "La demande se dépose dans le guichet de son choix, où que l’on habite",
        "CCH R441-2-1",
    ),
    Point(
        "SANS_CONDITION",
        Moment.AVANT,
        Nature.EXPLIQUE,
        "Aucune condition de résidence, d’emploi ou de ressources n’est posée pour enregistrer",
        "CCH R441-2-3",
    ),
    Point(
        "PIECE_SEULE",
        Moment.AVANT,
        Nature.EXPLIQUE,
        "Seule une pièce d’identité ou de séjour est exigée pour obtenir le numéro",
        "CCH R441-2-3",
    ),
    Point(
        "UNE_SEULE_DEMANDE",
        Moment.AVANT,
        Nature.EXPLIQUE,
        "Une seule demande suffit pour tout le territoire",
        "CCH R441-2-6",
    ),
    Point(
        "REPONSES_PLUS_TARD",
        Moment.PENDANT,
        Nature.EXPLIQUE,
        "Ce qui manque se complète ensuite, sans retarder le numéro",
        "CCH R441-2-3",
    ),
    Point(
        "SANTE_LIBRE",
        Moment.PENDANT,
        Nature.EXPLIQUE,
        "Les questions de santé servent à adapter le logement, et peuvent rester sans réponse",
        "CCH R441-2-2, i",
    ),
    Point(
        "DATE_DE_DEPOT",
        Moment.PENDANT,
        Nature.EXPLIQUE,
        "La date de dépôt fait foi pour l’ancienneté",
        "CCH R441-2-3",
    ),
    Point(
        "RELECTURE",
        Moment.PENDANT,
        Nature.EXPLIQUE,
        "Les réponses ont été relues avec la personne",
        "arrêté du 23 mars 2015, annexe, § 4",
    ),
    Point("NUMERO", Moment.APRES, Nature.REMIS, "Le numéro unique", "CCH R441-2-3"),
    Point("LISTE_DES_PIECES", Moment.APRES, Nature.REMIS, "La liste des pièces à produire", "CCH R441-2-4"),
    Point(
        "RENOUVELLEMENT",
        Moment.APRES,
        Nature.EXPLIQUE,
        "La demande se renouvelle chaque année, dans n’importe quel guichet du territoire",
        "CCH R441-2-7",
    ),
    Point(
        "CHANGEMENTS",
        Moment.APRES,
        Nature.EXPLIQUE,
        "Tout changement de situation se signale, le numéro et l’ancienneté restent",
        "arrêté du 23 mars 2015, annexe, § 4",
    ),
    Point(
        "HISTORIQUE",
        Moment.APRES,
        Nature.EXPLIQUE,
        "Chaque lecture et chaque changement du dossier est inscrit dans son historique",
        "RGPD, art. 15",
    ),
    Point(
        "MEDIATION",
        Moment.APRES,
        Nature.EXPLIQUE,
        "Passé un délai anormalement long, la commission de médiation peut être saisie",
        "CCH L441-1-4 et L441-2-3",
    ),
)


def points_de(moment: Moment) -> tuple[Point, ...]:
    """The lines of one step, in order."""
    return tuple(point for point in POINTS if point.moment is moment)


def inconnus(moment: Moment, codes: Iterable[str]) -> tuple[str, ...]:
    """Codes that are not lines of this step, in their order."""
    connus = {point.code for point in points_de(moment)}
    return tuple(code for code in codes if code not in connus)


def ordonner(moment: Moment, codes: Iterable[str]) -> tuple[str, ...]:
    """The codes of this step, each once, in the order of the checklist."""
    dits = set(codes)
    return tuple(point.code for point in points_de(moment) if point.code in dits)


@dataclass(frozen=True, slots=True)
class Consigne:
    """What was recorded of one step, last of all: codes done, when, for which guichet."""

    moment: Moment
    points: frozenset[str]
    survenu_le: datetime
    guichet: str


@dataclass(frozen=True, slots=True)
class Etape:
    """One step as a screen shows it: each line with whether it is done; ``consigne`` is ``None`` before any record."""

    moment: Moment
    titre: str
    lignes: tuple[tuple[Point, bool], ...]
    consigne: Consigne | None

    @property
    def faites(self) -> int:
        """How many lines are recorded as done."""
        return sum(fait for _, fait in self.lignes)

    @property
    def complete(self) -> bool:
        """Whether every line is done."""
        return self.faites == len(self.lignes)


def bilan(consignes: Iterable[Consigne]) -> tuple[Etape, ...]:
    """The three steps. ``consignes``: in the order in which they were recorded; the last of each step counts."""
    dernieres = {consigne.moment: consigne for consigne in consignes}
    return tuple(
        Etape(
            moment,
            titre,
            tuple(
                (point, point.code in dernieres[moment].points if moment in dernieres else False)
                for point in points_de(moment)
            ),
            dernieres.get(moment),
        )
        for moment, titre in MOMENTS.items()
    )
