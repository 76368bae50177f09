"""What a kind of message declares: its words, the values they need, the channels it goes by. Pure."""

from dataclasses import dataclass

from sne.notifications.rules.etats import Canal
from sne.notifications.rules.familles import Famille


@dataclass(frozen=True, slots=True)
class Modele:
    """``objet`` and ``sms`` take values between braces; the files are templates of this module.

    ``variables`` are the values that the caller must give to prepare the message, no more, no less. ``tu``: it goes to
    several addresses for the safety of the file, and the history does not tell it: nobody may learn which ones.
    ``famille``: under which a household may refuse it; ``None`` for what is always sent.
    """

    libelle: str
    objet: str
    texte: str
    sms: str
    variables: frozenset[str]
    canaux: frozenset[Canal]
    html: str = ""
    tu: bool = False
    famille: Famille | None = None
