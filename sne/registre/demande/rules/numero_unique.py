"""The unique number (*numéro unique départemental*, NUD): reading what was typed, composing a new one.

Eighteen signs: territory (3), month and year of the initial deposit (4), sequence (6), guichet that
created the record (5). No check digit exists, so a screen that takes a typed number shows the name for
confirmation. Arrêté du 7 novembre 2000, art. 1; CCH R441-2-3.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from sne.registre.contenu.rules.anomalie import citer
from sne.socle.signes import INSECABLE

LONGUEUR = 18
ZONE_DE_CHIFFRES = 13
PREMIERE_ANNEE = 1970  # two digits from 70 on are of the last century
FORME = re.compile(
    r"(?P<territoire>[0-9]{3}|02[AB])(?P<mois>0[1-9]|1[0-2])(?P<annee>[0-9]{2})"
    r"(?P<sequence>[0-9]{6})(?P<guichet>[A-Z0-9]{5})"
)
CONFUSIONS = str.maketrans({"O": "0", "I": "1", "S": "5", "B": "8"})
"""Letters that hands and optical readers put in place of digits: suggested, never corrected silently."""


class NumeroInvalide(ValueError):
    """The text is not a unique number. ``str(exc)`` is a French sentence; ``suggestion`` may hold a
    likely number.
    """

    def __init__(self, phrase: str, *, suggestion: str = "") -> None:
        super().__init__(phrase)
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class NumeroUnique:
    """A unique number, read. ``annee`` has four digits, ``sequence`` its six signs."""

    territoire: str
    mois: int
    annee: int
    sequence: str
    guichet: str

    @classmethod
    def composer(cls, *, territoire: str, date_depot: date, sequence: int, guichet: str) -> Self:
        """The number of a new demande. Raises :class:`NumeroInvalide` when a part does not fit its place."""
        annee, mois = date_depot.year, date_depot.month
        lu = lire(f"{territoire}{mois:02d}{annee % 100:02d}{sequence:06d}{guichet}")
        return cls(lu.territoire, mois, annee, lu.sequence, lu.guichet)

    @property
    def canonique(self) -> str:
        """The 18 signs, as stored."""
        return f"{self.territoire}{self.mois:02d}{self.annee % 100:02d}{self.sequence}{self.guichet}"

    @property
    def groupe(self) -> str:
        """As shown: « 099 0619 004127 G0993 »."""
        return f"{self.territoire} {self.mois:02d}{self.annee % 100:02d} {self.sequence} {self.guichet}"

    def __str__(self) -> str:
        return self.canonique


def lire(saisie: str) -> NumeroUnique:
    """Read a typed number: blanks are dropped, lower case is accepted. Raises :class:`NumeroInvalide`."""
    signes = re.sub(r"\s", "", saisie).upper()
    if len(signes) != LONGUEUR:
        raise NumeroInvalide(
            f"Le numéro unique comporte 18 signes{INSECABLE}: vous en avez saisi {len(signes)}."
        )
    lu = _decouper(signes)
    if lu is None:
        raise _refus(signes)
    return lu


def _decouper(signes: str) -> NumeroUnique | None:
    morceaux = FORME.fullmatch(signes)
    if morceaux is None:
        return None
    siecle = 1900 if int(morceaux["annee"]) >= PREMIERE_ANNEE % 100 else 2000
    return NumeroUnique(
        territoire=morceaux["territoire"],
        mois=int(morceaux["mois"]),
        annee=siecle + int(morceaux["annee"]),
        sequence=morceaux["sequence"],
        guichet=morceaux["guichet"],
    )


def _refus(signes: str) -> NumeroInvalide:
    phrase = f"Ce numéro unique n’est pas lisible{INSECABLE}: {_partie_fautive(signes)}."
    probable = next(filter(None, map(_decouper, _corrections(signes))), None)
    if probable is None:
        return NumeroInvalide(phrase)
    suggestion = f" Vouliez-vous dire {citer(probable.groupe)}{INSECABLE}?"
    return NumeroInvalide(phrase + suggestion, suggestion=probable.canonique)


def _corrections(signes: str) -> tuple[str, str]:
    """The signs with digits where digits are due: keeping the letter of Corsica, then without it."""
    chiffres = signes[:ZONE_DE_CHIFFRES].translate(CONFUSIONS)
    guichet = signes[ZONE_DE_CHIFFRES:]
    return chiffres[:2] + signes[2] + chiffres[3:] + guichet, chiffres + guichet


def _partie_fautive(signes: str) -> str:
    """The first part that does not fit, in words."""
    if not re.fullmatch(r"[0-9]{3}|02[AB]", signes[:3]):
        return "les trois premiers signes doivent être le code du territoire, par exemple 099, 02A ou 111"
    if not re.fullmatch(r"0[1-9]|1[0-2]", signes[3:5]):
        return "les quatrième et cinquième signes doivent être un mois, de 01 à 12"
    if not re.fullmatch(r"[0-9]{8}", signes[5:ZONE_DE_CHIFFRES]):
        return "les signes 6 à 13 doivent être des chiffres"
    return "les cinq derniers signes doivent être des lettres ou des chiffres"
