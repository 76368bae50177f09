"""Kinds of message: each module declares its own. Pure.

A module writes its kinds in its ``messages.py``, as members of a subclass of :class:`Genre` or :class:`GenreAgent`: the
code that is kept, and the :class:`Modele` of its words.
"""

from typing import Self

from sne.notifications.rules.etats import Canal
from sne.notifications.rules.modeles import Modele
from sne.socle.declarees import Declaree


class _DeMessage(Declaree):
    modele: Modele

    def __new__(cls, code: str, modele: Modele) -> Self:
        genre = str.__new__(cls, code)
        genre._value_, genre.modele = code, modele
        return genre


class Genre(_DeMessage):
    """A kind of message to a household."""


class GenreAgent(_DeMessage):
    """A kind of message to a professional. They speak of work to do: no household is named in a subject."""


PAR_COURRIEL = frozenset({Canal.COURRIEL})
DANS_L_OBJET = frozenset({"territoire", "numero"})
"""Values that a subject may carry: what mail servers and screens show to anybody names neither a person nor a file."""
DANS_LES_ENTETES = frozenset({"repondre_a", "fil"})
"""Values that are no words: where an answer is read, and which mails are of one thread."""
