"""What came back about a message already sent: a bounce read in a mailbox, or told by a provider."""

import uuid

from django.db import transaction

from sne.cellules.routage import cellule_ou, dans
from sne.notifications.actions.essayer import lock_envoi, noter
from sne.notifications.rules import Etat, Resultat
from sne.notifications.selectors import has_envoi
from sne.socle.acte import Acte


def noter_retour(message_id: uuid.UUID, resultat: Resultat, *, source: str, acte: Acte) -> Etat | None:
    """Keep a return and tell it; ``None`` when it is known already, or changes nothing, or speaks of no message.

    ``source`` is the hash of what came back: the same return read twice is kept once. In the cell of the message: a
    provider calls, and a mailbox is read, for the nation.
    """
    with dans(cellule_ou(lambda: has_envoi(message_id))), transaction.atomic():
        return _noter(message_id, resultat, source=source, acte=acte)


def _noter(message_id: uuid.UUID, resultat: Resultat, *, source: str, acte: Acte) -> Etat | None:
    message = lock_envoi(message_id)
    if message is None or message.tentatives.filter(source=source).exists():
        return None
    return noter(message, resultat, acte=acte, reprendre=False, source=source)
