"""What the lake of a cell does of a territory that leaves it, between two steps of its move.

Its keys are drawn before they are copied, so that both lakes name a demande alike; what was sealed of it here is poured
before its rows go, while it already works elsewhere: no other lake counts that. Nothing of this where nobody counts.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sne.cellules.models import Etape
from sne.cellules.routage import ici, lister_joignables
from sne.infocentre.lac.actions.verser import service_du_lac, tirer_les_cles_d_avance, verser
from sne.infocentre.lac.models import Curseur
from sne.infocentre.lac.tasks import HEURE
from sne.infocentre.moteur.lancer import MoteurEnPanne
from sne.journal.rules import ecritures
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant

ESSAIS, PAUSE = 600, 0.2  # two minutes, that the worker of another cell may take
# Of a cell that never poured anything, all waits: one that was opened this hour, which its territory leaves again.
A_VERSER = """
SELECT EXISTS (
    SELECT FROM (SELECT coalesce(max(scellement), 0) AS scellement FROM lac_curseur) c
    JOIN journal_position p ON p.scellement > c.scellement
    JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
    WHERE e.territoire = %s AND e.demande IS NOT NULL AND e.verbe = ANY (%s))
"""


def tirer_les_cles(_territoire: str) -> None:
    """Keys of what is sealed and not poured yet: those of the territory are copied with it."""
    if _quelqu_un_compte():
        tirer_les_cles_d_avance()


def verser_ce_qui_reste(territoire: str) -> None:
    """Pour what was sealed of it here: by this process when it is of this cell, else by the worker that is.

    Raises ``Interdit`` when that is not done in time: nothing is lost, the rows are still here.
    """
    if not (_quelqu_un_compte() and _attend(territoire)):
        return
    if not _verser_ici():
        with suppress(AlreadyEnqueued), transaction.atomic():
            app.tasks[HEURE].defer(timestamp=int(maintenant().timestamp()))
    for _ in range(ESSAIS):
        if not _attend(territoire):
            return
        time.sleep(PAUSE)
    raise Interdit(
        f"Ce que le territoire {territoire} a fait dans « {ici()} » n’est pas encore dans les statistiques de "
        "cette cellule : lancez-y « sne infocentre verser », puis cette commande de nouveau. Le territoire "
        "travaille déjà dans sa nouvelle cellule."
    )


AVANT: Mapping[Etape, Callable[[str], None]] = {
    Etape.COMPARER: tirer_les_cles,
    Etape.OUBLIER: verser_ce_qui_reste,
}
"""By the step of a move that it comes before."""


def _quelqu_un_compte() -> bool:
    """Whether any lake was ever poured, in the cells that answer."""
    return any(lister_joignables(lambda: [Curseur.objects.exists()])[0])


def _attend(territoire: str) -> bool:
    with connection.cursor() as curseur:
        curseur.execute(A_VERSER, [territoire, sorted(map(str, ecritures()))])
        return bool(curseur.fetchone()[0])


def _verser_ici() -> bool:
    """Whether this process has the files of this cell, and an engine, and poured."""
    if ici() != settings.CELLULE:
        return False
    try:
        verser(acte=Acte(service_du_lac(), maintenant()))
    except MoteurEnPanne:
        return False
    return True
