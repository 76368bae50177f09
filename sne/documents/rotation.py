"""Changing the key of the territories: every object's key is wrapped again. Resumable, while the service works."""

import uuid
from collections.abc import Callable

from sne.documents.actions import changer_cles
from sne.documents.selectors import list_anciennes_cles, list_versions_de_cle
from sne.socle.cles import Tournees

PAR_LOT = 500


def tourner_cles(*, avancer: Callable[[int], None] = lambda _: None) -> Tournees:
    """Wrap with the highest master key whatever an earlier one wraps. Killed, the next call goes on.

    Once none is left, and the backups that hold rows of the earlier one have expired, it may leave the environment.
    """
    faites = illisibles = 0
    for version in list_versions_de_cle():
        apres: uuid.UUID | None = None
        while lot := list_anciennes_cles(version, apres=apres, au_plus=PAR_LOT):
            bonnes, mauvaises = changer_cles(lot)
            faites, illisibles, apres = faites + bonnes, illisibles + mauvaises, lot[-1]
            avancer(len(lot))
    return Tournees(faites, illisibles)
