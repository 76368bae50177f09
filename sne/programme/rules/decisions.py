"""A decision: its state at a day, what may be decided, what follows, and how voices are counted. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from sne.socle.erreurs import Interdit

TITRE_MAX, OPTION_MAX, TEXTE_MAX, MESURE_MAX = 160, 300, 1000, 120


class Instance(StrEnum):
    """Who decides."""

    SEANCE = "SEANCE"
    AG = "AG"
    GIP = "GIP"
    TUTELLES = "TUTELLES"


INSTANCES: Mapping[Instance, str] = {
    Instance.SEANCE: "En séance",
    Instance.AG: "Assemblée générale",
    Instance.GIP: "GIP SNE",
    Instance.TUTELLES: "Tutelles",
}


class Issue(StrEnum):
    """What was decided."""

    RETENUE = "RETENUE"
    SOUS_CONDITION = "SOUS_CONDITION"
    NON_RETENUE = "NON_RETENUE"
    A_DETERMINER = "A_DETERMINER"
    AJOURNEE = "AJOURNEE"


class Etat(StrEnum):
    """What a decision is at a day; the five last are what was decided."""

    PROPOSEE = "PROPOSEE"
    OUVERTE = "OUVERTE"
    A_CLORE = "A_CLORE"
    REMPLACEE = "REMPLACEE"
    RETENUE = "RETENUE"
    SOUS_CONDITION = "SOUS_CONDITION"
    NON_RETENUE = "NON_RETENUE"
    A_DETERMINER = "A_DETERMINER"
    AJOURNEE = "AJOURNEE"


ETATS: Mapping[Etat, str] = {
    Etat.PROPOSEE: "Proposée",
    Etat.OUVERTE: "Vote ouvert",
    Etat.A_CLORE: "Vote terminé, à conclure",
    Etat.REMPLACEE: "Remplacée",
    Etat.RETENUE: "Retenue",
    Etat.SOUS_CONDITION: "Retenue sous condition",
    Etat.NON_RETENUE: "Non retenue",
    Etat.A_DETERMINER: "À déterminer",
    Etat.AJOURNEE: "Ajournée",
}
PRISES = frozenset({Issue.RETENUE, Issue.SOUS_CONDITION})


class Suite(StrEnum):
    """What becomes of a decision."""

    NON_COMMENCEE = "NON_COMMENCEE"
    ETUDE = "ETUDE"
    EN_COURS = "EN_COURS"
    LIVREE = "LIVREE"
    MESUREE = "MESUREE"
    ABANDONNEE = "ABANDONNEE"


FAITES = frozenset({Suite.LIVREE, Suite.MESUREE})
"""Said of a decision that is applied: its tests pass."""
SUITES: Mapping[Suite, str] = {
    Suite.NON_COMMENCEE: "Non commencée",
    Suite.ETUDE: "À l’étude",
    Suite.EN_COURS: "En cours",
    Suite.LIVREE: "Livrée",
    Suite.MESUREE: "Livrée, et mesurée",
    Suite.ABANDONNEE: "Abandonnée",
}


class _Decision(Protocol):
    issue: str
    vote_du: date | None
    vote_au: date | None


def etat_de(decision: _Decision, *, jour: date, remplacee: bool = False) -> Etat:
    """What it is that day. ``remplacee``: another decision that is taken says that it takes its place."""
    if decision.issue:
        return Etat.REMPLACEE if remplacee else Etat(decision.issue)
    if decision.vote_du is None or jour < decision.vote_du:
        return Etat.PROPOSEE
    return Etat.A_CLORE if decision.vote_au is None or jour > decision.vote_au else Etat.OUVERTE


def rappel_du_vote(du: date, au: date) -> date:
    """From which day territories that have not answered are reminded: two thirds of the vote, never its first day."""
    return du + max(timedelta(days=1), timedelta(days=2 * (au - du).days // 3))


@dataclass(frozen=True, slots=True)
class OptionDite:
    """One answer to one question of a decision. ``groupe``: the question, from 1; ``lettre`` is of no other option."""

    groupe: int
    lettre: str
    texte: str


def lire_options(texte: str) -> tuple[OptionDite, ...]:
    """Options as they are typed: one on each line, a blank line between two questions. Raises ``Interdit``."""
    groupes = [[" ".join(x.split()) for x in bloc if x.strip()] for bloc in _blocs(texte.splitlines())]
    options = [(rang, ligne) for rang, bloc in enumerate(groupes, 1) for ligne in bloc]
    if any(len(bloc) < 2 for bloc in groupes) or not groupes:
        raise Interdit("Donnez deux options au moins à chaque question, une par ligne.", champ="options")
    if len(options) > 12 or any(len(ligne) > OPTION_MAX for _, ligne in options):
        raise Interdit(f"Douze options au plus, de {OPTION_MAX} signes au plus.", champ="options")
    return tuple(OptionDite(rang, chr(ord("A") + n), ligne) for n, (rang, ligne) in enumerate(options))


def _blocs(lignes: Iterable[str]) -> list[list[str]]:
    blocs: list[list[str]] = [[]]
    for ligne in lignes:
        if ligne.strip():
            blocs[-1].append(ligne)
        elif blocs[-1]:
            blocs.append([])
    return [bloc for bloc in blocs if bloc]


def exiger_choix(options: Iterable[OptionDite], choix: Mapping[int, str]) -> None:
    """One answer to each question, of its own options; empty: the territory abstains. Raises ``Interdit``."""
    lettres: dict[int, set[str]] = {}
    for option in options:
        lettres.setdefault(option.groupe, {""}).add(option.lettre)
    for groupe, permises in lettres.items():
        if choix.get(groupe) not in permises:
            raise Interdit("Choisissez une option, ou l’abstention.", champ=f"groupe_{groupe}")


@dataclass(frozen=True, slots=True)
class VoixDite:
    """What a territory answered to a question; ``lettre`` empty: it abstains."""

    territoire: str
    groupe: int
    lettre: str


def compter(voix: Sequence[VoixDite]) -> Mapping[tuple[int, str], int]:
    """How many territories chose each option; of a territory, the last voice to a question counts."""
    dernieres = {(v.territoire, v.groupe): v.lettre for v in voix}
    comptes: dict[tuple[int, str], int] = {}
    for (_, groupe), lettre in dernieres.items():
        comptes[groupe, lettre] = comptes.get((groupe, lettre), 0) + 1
    return comptes


def exiger_conclusion(issue: str, conclusion: str, conditions: Collection[str]) -> None:
    """A decision under condition says which; one that is not taken says why. Raises ``Interdit``."""
    if issue not in set(Issue):
        raise Interdit("Dites ce qui est décidé.", champ="issue")
    if issue == Issue.SOUS_CONDITION and not conditions:
        raise Interdit("Écrivez la condition, une par ligne.", champ="conditions")
    if issue != Issue.SOUS_CONDITION and conditions:
        raise Interdit(
            "Une condition accompagne une décision «\u00a0retenue sous condition\u00a0».", champ="conditions"
        )
    if issue not in PRISES and not conclusion:
        raise Interdit("Dites pourquoi, en une phrase.", champ="conclusion")


def exiger_suite(suite: str, motif: str, *, issue: str, prouvee: bool, mesuree: bool) -> None:
    """What may be said to become of it. Raises ``Interdit``.

    ``prouvee``: its tests passed at their last run; ``mesuree``: something of it was measured.
    """
    if suite not in set(Suite):
        raise Interdit("Choisissez une suite.", champ="etat")
    if suite == Suite.ABANDONNEE and not motif:
        raise Interdit("Dites pourquoi elle est abandonnée.", champ="motif")
    if suite in FAITES and issue not in PRISES:
        raise Interdit("Seule une décision retenue peut être livrée.", champ="etat")
    if suite == Suite.MESUREE and not mesuree:
        raise Interdit("Consignez d’abord ce qui a été mesuré, avant et après.", champ="etat")
    if suite in FAITES and not prouvee:
        raise Interdit(
            "Aucun essai réussi ne prouve cette décision. Chargez d’abord les preuves de la version.",
            champ="etat",
        )
