"""An agent reads which acts of theirs are looked at: the first sight of each is told, for who decides to know of."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre.selectors.observations import ChangementRegarde, list_changements_regardes
from sne.socle import horloge
from sne.socle.acteur import Acteur


@transaction.atomic
def voir_changements_regardes(*, acteur: Acteur, survenu_le: datetime) -> tuple[ChangementRegarde, ...]:
    """The reader's own acts that are looked at, the newest first; nobody else's.

    The entry names no demande: colleagues read its history.
    """
    lus = list_changements_regardes(acteur, le=horloge.jour(survenu_le))
    nouveaux: defaultdict[str, list[str]] = defaultdict(list)
    for changement in lus:
        if changement.vu_le is None:
            nouveaux[changement.territoire].append(str(changement.id))
    for territoire, operations in nouveaux.items():
        mandat = acteur.mandat_pour(Permission.ETAT_CIVIL_PROPOSER, territoire)
        journal.inscrire(
            Entree(
                verbe=Verbe.VOIR_CHANGEMENTS_REGARDES,
                acteur=acteur,
                survenu_le=survenu_le,
                territoire=territoire,
                role=mandat.role if mandat else "",
                faits={"operations": operations},
            )
        )
    return lus
