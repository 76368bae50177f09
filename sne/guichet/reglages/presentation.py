"""Parameters in words: a value on one line, since when, what became of a proposal."""

from collections.abc import Sequence
from dataclasses import dataclass

from sne.referentiels.rules import ValeurDatee
from sne.reglages.rules.propositions import ISSUES, Issue
from sne.reglages.rules.valeurs import dire_valeur
from sne.reglages.selectors import Proposition, Reglage
from sne.socle.templatetags.socle_tags import date_fr

TONS = {Issue.ACCEPTEE: "success", Issue.REFUSEE: "error", Issue.RETIREE: "info"}


@dataclass(frozen=True, slots=True)
class Ligne:
    """A value: what it is, the days when it holds, the text that founds it."""

    valeur: str
    periode: str
    source: str


@dataclass(frozen=True, slots=True)
class Etat:
    """A proposal beside its parameter. ``issue``, ``ton``: of the answer, empty while it waits."""

    proposition: Proposition
    libelle: str
    valeur: str
    issue: str
    ton: str


def presenter_valeur(datee: ValeurDatee) -> Ligne:
    """One value on one line."""
    return Ligne(en_ligne(datee.valeur), _periode(datee), datee.source)


def presenter_valeurs(datees: Sequence[ValeurDatee]) -> list[Ligne]:
    """Several, in the order given."""
    return [presenter_valeur(datee) for datee in datees]


def presenter_propositions(propositions: Sequence[Proposition], reglages: Sequence[Reglage]) -> list[Etat]:
    """Proposals with the names of their parameters."""
    noms = {r.code: r.libelle for r in reglages}
    return [
        Etat(
            p,
            noms.get(p.code, p.code),
            en_ligne(p.valeur),
            ISSUES[Issue(p.issue)] if p.issue else "",
            TONS[Issue(p.issue)] if p.issue else "",
        )
        for p in propositions
    ]


def en_ligne(valeur: object) -> str:
    """« 12 », « oui », « a, b » ; « aucune » of an empty list."""
    return dire_valeur(valeur).replace("\n", ", ") or "aucune"


def _periode(datee: ValeurDatee) -> str:
    debut, fin = datee.periode.debut, datee.periode.fin
    mots = [f"à partir du {date_fr(debut)}" if debut else "depuis toujours"]
    return ", ".join([*mots, f"jusqu’au {date_fr(fin)}"] if fin else mots)
