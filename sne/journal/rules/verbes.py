"""Kinds of act: what each says to professionals, and to the household. Modules declare theirs. Pure.

A module writes its kinds of act in its ``verbes.py``, as members of a subclass of :class:`Verbe`: the code that the
journal keeps, a sentence for professionals, what the household reads of it (:class:`Dit`) or why it reads nothing
(:class:`Silence`), and traits if any. They are imported when the application starts; nothing else lists them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Flag, StrEnum, auto
from types import MappingProxyType
from typing import Self

from sne.socle.declarees import Declaree


class Silence(StrEnum):
    """Why a kind of act is not told to a household."""

    TENTATIVE = "TENTATIVE"
    ENQUETE = "ENQUETE"
    AUTRE_FOYER = "AUTRE_FOYER"
    ENTRE_PROFESSIONNELS = "ENTRE_PROFESSIONNELS"
    TECHNIQUE = "TECHNIQUE"
    SANS_DEMANDE = "SANS_DEMANDE"
    EFFACEE = "EFFACEE"


SILENCES: Mapping[Silence, str] = MappingProxyType(
    {
        Silence.TENTATIVE: "l’acte a été refusé\u00a0: rien n’a changé, et le dire avertirait qui essaie",
        Silence.ENQUETE: "une vérification est en cours\u00a0: le dire avertirait qui a pris la demande",
        Silence.AUTRE_FOYER: "l’acte parle aussi d’un autre foyer",
        Silence.ENTRE_PROFESSIONNELS: "ce sont des échanges entre professionnels avant une décision, qui est dite",
        Silence.TECHNIQUE: "une étape technique d’un acte qui est dit",
        Silence.SANS_DEMANDE: "l’acte ne porte sur aucune demande en particulier",
        Silence.EFFACEE: "la demande n’existe plus\u00a0: personne n’en lit l’historique",
    }
)


@dataclass(frozen=True, slots=True)
class Dit:
    """What a household reads of an act, in words of no trade. ``{qui}`` is a body, never an agent.

    ``variantes``: another sentence for a value of a fact, by ``(fact, value)``. ``contestable``: done for the household
    or in its name, so that it alone knows whether it was present, and may answer « ce n’est pas moi ». ``attente``:
    nothing is changed yet.
    """

    phrase: str
    variantes: Mapping[tuple[str, object], str] = field(default_factory=dict)
    contestable: bool = False
    attente: bool = False


class Trait(Flag):
    """What is asked of kinds of act by those who do not know them one by one."""

    AUCUN = 0
    LECTURE = auto()
    SANTE = auto()
    """On health data: shown to those who may read such data, since the act alone says that there are some."""
    TRES_PERSONNEL = auto()
    """Its name alone says something highly personal of the household: shown to those who may read that."""
    CONNEXION = auto()
    """Somebody came in online, could not, or no longer may: it changes nothing of what the demande says."""
    REPETE = auto()
    """Done again and again: to the household, those that follow each other are one line, as readings are."""
    SERT = auto()
    """After it a demande has served, although its revision is still the first."""


RESERVES = Trait.SANTE | Trait.TRES_PERSONNEL


class Verbe(Declaree):
    """A kind of act. A subclass per module holds the members."""

    phrase: str
    menage: Dit | Silence
    traits: Trait

    def __new__(cls, code: str, phrase: str, menage: Dit | Silence, traits: Trait = Trait.AUCUN) -> Self:
        verbe = str.__new__(cls, code)
        verbe._value_ = code
        verbe.phrase, verbe.menage, verbe.traits = phrase, menage, traits
        return verbe

    @property
    def lecture(self) -> bool:
        """Whether the act reads, and changes nothing."""
        return Trait.LECTURE in self.traits


def verbes_qui(traits: Trait) -> frozenset[Verbe]:
    """The kinds of act that have one of these traits."""
    masque = traits.value  # on integers: a page asks this several times of hundreds of verbs
    return frozenset(verbe for verbe in Verbe.tous().values() if verbe.traits.value & masque)


def ecritures() -> frozenset[Verbe]:
    """The kinds of act that are not mere reads."""
    return frozenset(Verbe.tous().values()) - verbes_qui(Trait.LECTURE)
