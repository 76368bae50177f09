"""The feed follows the sealed journal: written by the dispatcher itself, in the transaction that moves its cursor."""

from collections.abc import Sequence

from sne.flux.actions.projeter import projeter
from sne.flux.rules.types import suivis
from sne.flux.selectors.abonnements import a_des_abonnes
from sne.flux.tasks import demander_des_appels
from sne.journal.handlers import suivre
from sne.journal.selectors.scellees import EntreeScellee

ABONNE = "flux.lignes"


def brancher() -> None:
    """Called once, when the application is ready: every kind of act is declared by then."""
    suivre(ABONNE, verbes=suivis(), ecrire=ecrire)


def ecrire(entrees: Sequence[EntreeScellee]) -> int:
    """Write the lines, and have subscribers called; returns how many lines."""
    ecrites = projeter(entrees)
    if ecrites and a_des_abonnes():
        demander_des_appels()
    return ecrites
