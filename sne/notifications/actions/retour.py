"""What came back about a message already sent: a bounce read in a mailbox, or told by a provider."""

import uuid

from django.db import transaction

from sne.notifications.actions.essayer import lock_envoi, noter
from sne.notifications.rules import Etat, Resultat
from sne.socle.acte import Acte


@transaction.atomic
def noter_retour(message_id: uuid.UUID, resultat: Resultat, *, source: str, acte: Acte) -> Etat | None:
    """Keep a return and tell it; ``None`` when it is known already, or changes nothing, or speaks of no message.

    ``source`` is the hash of what came back: the same return read twice is kept once.
    """
    message = lock_envoi(message_id)
    if message is None or message.tentatives.filter(source=source).exists():
        return None
    return noter(message, resultat, acte=acte, reprendre=False, source=source)
