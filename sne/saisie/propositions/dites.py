"""What is proposed for one field: the lines to choose from, what each would fill, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sne.connecteurs.rules import Motif, Pour, SansReponse
from sne.saisie.propositions.choix import Choix, sceller

AUCUNE = "Aucune proposition. Continuez à la main\u00a0: rien n’est perdu."
TROP_COURT = "Tapez au moins trois signes pour chercher."


@dataclass(frozen=True, slots=True)
class Ou:
    """Where help is asked from, and the day. ``dehors``: whether what is typed may be told to a service outside."""

    pour: Pour
    dehors: bool
    le: date


@dataclass(frozen=True, slots=True)
class Proposition:
    """One line. ``valeurs``: what it fills, by name of field without prefix; ``choix``: the same, sealed."""

    libelle: str
    valeurs: Mapping[str, str]
    detail: str = ""
    choix: str = ""


@dataclass(frozen=True, slots=True)
class Propositions:
    """``pour``: what was typed; ``phrase``: what is said of them; ``aide``: whether help could be given at all."""

    pour: str
    liste: tuple[Proposition, ...] = ()
    phrase: str = ""
    aide: bool = field(default=True)


def compter(nombre: int) -> str:
    """How many, in words."""
    if not nombre:
        return AUCUNE
    return f"{nombre}\u00a0proposition{'s' if nombre > 1 else ''}"


def proposees(
    champ: str, pour: str, lignes: tuple[tuple[Proposition, Choix], ...], *, phrase: str = ""
) -> Propositions:
    """Lines found for this text, each sealed."""
    liste = tuple(replace(p, choix=sceller(replace(c, champ=champ, pour=pour))) for p, c in lignes)
    return Propositions(pour, liste, " ".join(filter(None, (compter(len(liste)), phrase))))


def sans_aide(pour: str, dit: SansReponse) -> Propositions:
    """Nobody answered; nothing is wrong with what is typed."""
    phrase = TROP_COURT if dit.motif is Motif.REFUSE else dit.phrase
    return Propositions(pour, phrase=phrase, aide=dit.motif is not Motif.ETEINT)
