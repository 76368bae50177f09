"""Reminders of changes of identity that wait: which marks are reached, how a day's digest reads. Pure.

A mark is sent once for each change. A mark missed during an outage is sent with the next one, so that no mark bears a
day on which nobody was told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sne.registre.controle.parametres import Seuils
from sne.registre.demande.rules.dates import compter
from sne.registre.identite.rules.echanges import Rappel
from sne.socle.signes import INSECABLE

MARQUES = (Rappel.PREMIER, Rappel.SECOND, Rappel.ESCALADE)
"""In the order in which they are reached; the last one is told to the national operator too."""
SUITES: Mapping[Rappel, str] = MappingProxyType({Rappel.ESCALADE: ", signalé à l’opérateur national"})
SUITES_DE_PLUSIEURS: Mapping[Rappel, str] = MappingProxyType(
    {Rappel.ESCALADE: ", signalés à l’opérateur national"}
)


@dataclass(frozen=True, slots=True)
class Resume:
    """What a digest says. ``rappels``: one line for each mark reached, the number that reached it."""

    nombre: str
    depuis: date
    rappels: str


def delais(seuils: Seuils) -> dict[Rappel, int]:
    """After how many working days each mark is reached."""
    return {
        Rappel.PREMIER: seuils.identite_rappel_1_jours,
        Rappel.SECOND: seuils.identite_rappel_2_jours,
        Rappel.ESCALADE: seuils.identite_escalade_jours,
    }


def atteintes(demande_le: date, le: date, seuils: Seuils) -> frozenset[Rappel]:
    """Every mark that a change asked for on that day has reached."""
    jours = compter(demande_le, le)
    return frozenset(marque for marque, delai in delais(seuils).items() if jours >= delai)


def resumer(demandees: Sequence[date], le: date, seuils: Seuils, *, attend: str) -> Resume:
    """What a digest says of changes asked for on these days, one at least.

    ``attend``: what they wait for, « votre décision ».
    """
    reunies = [atteintes(jour, le, seuils) for jour in demandees]
    lignes = [
        _ligne(marque, sum(marque in atteinte for atteinte in reunies), jours)
        for marque, jours in delais(seuils).items()
    ]
    return Resume(
        nombre=_nombre(len(demandees), attend),
        depuis=min(demandees),
        rappels="\n".join(ligne for ligne in lignes if ligne),
    )


def en_jours_ouvres(jours: int) -> str:
    """« 10 jours ouvrés ou plus »."""
    return f"{jours}{INSECABLE}jour{'s' if jours > 1 else ''} ouvré{'s' if jours > 1 else ''} ou plus"


def phrases(envoyes: Iterable[tuple[Rappel, date]]) -> list[str]:
    """What the page of a change says of the marks that were sent, the oldest first."""
    return [
        f"Signalé à l’opérateur national le {le:%d/%m/%Y}."
        if marque is Rappel.ESCALADE
        else f"Rappelé le {le:%d/%m/%Y} à qui peut décider."
        for marque, le in envoyes
    ]


def _nombre(combien: int, attend: str) -> str:
    if combien == 1:
        return f"1{INSECABLE}changement d’identité attend {attend}"
    return f"{combien}{INSECABLE}changements d’identité attendent {attend}"


def _ligne(marque: Rappel, combien: int, jours: int) -> str:
    if not combien:
        return ""
    suites = SUITES if combien == 1 else SUITES_DE_PLUSIEURS
    return f"Depuis {en_jours_ouvres(jours)}{INSECABLE}: {combien}{suites.get(marque, '')}"
