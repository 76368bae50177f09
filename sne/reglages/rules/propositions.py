"""A proposal of another value: how it ends, from which day it may hold, the words that it needs."""

from datetime import date
from enum import StrEnum

from sne.socle.erreurs import Interdit

RAISON_MAX, SOURCE_MAX = 300, 120  # signs, as the columns
TROP_TOT = "Premier jour\u00a0: une valeur ne commence ni aujourd’hui ni avant. Choisissez un jour à venir."


class Issue(StrEnum):
    """How a proposal ends. It is taken back by who made it."""

    ACCEPTEE = "ACCEPTEE"
    REFUSEE = "REFUSEE"
    RETIREE = "RETIREE"


ISSUES = {Issue.ACCEPTEE: "Acceptée", Issue.REFUSEE: "Refusée", Issue.RETIREE: "Retirée"}


def exiger_debut(debut: date, *, le: date) -> None:
    """What already holds is not changed: a value starts on a day to come. Raises ``Interdit``."""
    if debut <= le:
        raise Interdit(TROP_TOT, champ="debut")


def lire_phrase(texte: str, *, champ: str, libelle: str, absence: str, au_plus: int) -> str:
    """A sentence of one line, written. Raises ``Interdit`` beside its field."""
    dit = " ".join(texte.split())
    if not dit:
        raise Interdit(f"{libelle}\u00a0: {absence}", champ=champ)
    if len(dit) > au_plus:
        raise Interdit(f"{libelle}\u00a0: {au_plus} signes au plus. Raccourcissez.", champ=champ)
    return dit
