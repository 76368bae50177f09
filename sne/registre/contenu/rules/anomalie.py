"""What is wrong, where and how to put it right: the one shape that screens, imports and vendors show."""

from dataclasses import dataclass
from enum import StrEnum

from sne.socle.signes import INSECABLE


class Niveau(StrEnum):
    """Whether the thing stops the act or is only said."""

    BLOQUANT = "BLOQUANT"
    AVERTISSEMENT = "AVERTISSEMENT"


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One remark on one place of the content.

    ``chemin`` is a dotted path (``cotitulaires[0].identite.nom_naissance``); ``phrase`` is a French
    sentence that names the field and the remedy.
    """

    code: str
    niveau: Niveau
    chemin: str
    phrase: str

    @property
    def bloquante(self) -> bool:
        return self.niveau is Niveau.BLOQUANT


def citer(texte: str) -> str:
    """``texte`` between French quotation marks, with their no-break spaces."""
    return f"«{INSECABLE}{texte}{INSECABLE}»"


def bloquer(champ: str, phrase: str) -> Anomalie:
    """A remark that refuses the fact."""
    return Anomalie("FAIT", Niveau.BLOQUANT, champ, phrase)
