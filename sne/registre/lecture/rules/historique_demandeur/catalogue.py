"""What a household reads of its history: the kinds of act that are told, by genre, each in a sentence. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sne.journal.rules import RESERVES, Dit, Silence, Trait, Verbe, verbes_qui
from sne.notifications.rules import Genre as GenreDeMessage
from sne.notifications.verbes import VerbeMessage


class Genre(StrEnum):
    """Which acts: all of them, those that changed the demande, those that read it, sign-ins and what was refused."""

    TOUT = "tout"
    CHANGEMENTS = "changements"
    LECTURES = "lectures"
    CONNEXIONS = "connexions"


GENRES: Mapping[Genre, str] = MappingProxyType(
    {
        Genre.TOUT: "Tout",
        Genre.CHANGEMENTS: "Changements",
        Genre.LECTURES: "Lectures",
        Genre.CONNEXIONS: "Connexions",
    }
)


def verbes_dits(genre: Genre, *, reserves: bool) -> frozenset[Verbe]:
    """Verbs of that kind that are told; ``reserves``: to somebody who may read the most personal ones."""
    dits = frozenset(verbe for verbe in Verbe.tous().values() if isinstance(verbe.menage, Dit))
    if not reserves:
        dits -= verbes_qui(RESERVES)
    traits = {Genre.LECTURES: Trait.LECTURE, Genre.CONNEXIONS: Trait.CONNEXION}
    if genre in traits:
        return dits & verbes_qui(traits[genre])
    return dits - verbes_qui(Trait.LECTURE | Trait.CONNEXION) if genre is Genre.CHANGEMENTS else dits


def dit_de(verbe: Verbe) -> Dit:
    """What is told of this kind of act. Raises ``ValueError`` for one that is not told."""
    if isinstance(verbe.menage, Silence):
        raise ValueError(f"{verbe} is not told to households")
    return verbe.menage


def is_tu(verbe: Verbe, faits: Mapping[str, object]) -> bool:
    """Whether this act of a kind that is told is not: a message sent for the safety of the file."""
    genre = GenreDeMessage.tous().get(str(faits.get("genre", "")))
    achemine = verbe in (VerbeMessage.ENVOYER_MESSAGE, VerbeMessage.REJETER_MESSAGE)
    return achemine and genre is not None and genre.modele.tu


def gabarit_de(verbe: Verbe, faits: Mapping[str, object]) -> str:
    """What the household reads of this act: a sentence whose ``{qui}`` is who did it."""
    dit = dit_de(verbe)
    phrases = (phrase for (fait, valeur), phrase in dit.variantes.items() if faits.get(fait) == valeur)
    return next(phrases, dit.phrase)


def composer(gabarit: str, *, qui: str, vous: bool = False) -> str:
    """That sentence, of ``qui``; ``vous``: of whoever reads it."""
    return (gabarit.replace("{qui} a ", "{qui} avez ") if vous else gabarit).replace("{qui}", qui)


def phrase_de(verbe: Verbe, faits: Mapping[str, object], *, qui: str, vous: bool = False) -> str:
    """What the household reads of this act, done by ``qui``; ``vous``: by whoever reads it."""
    return composer(gabarit_de(verbe, faits), qui=qui, vous=vous)
