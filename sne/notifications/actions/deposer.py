"""Letters taken by one drop of the print folder: which ones is written before any file is."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.notifications import selectors
from sne.notifications.models import Message
from sne.socle.identifiants import uuid7


@transaction.atomic
def engager_depot(*, survenu_le: datetime, au_plus: int) -> uuid.UUID | None:
    """Give the letters that wait to a new drop; ``None`` when none waits."""
    lettres = selectors.list_lettres_a_deposer(le=survenu_le, au_plus=au_plus)
    if not lettres:
        return None
    depot = uuid7()
    Message.objects.filter(id__in=[x.id for x in lettres], depot=None).update(
        depot=depot, engage_le=survenu_le
    )
    return depot


def relacher_lettre(message_id: uuid.UUID) -> None:
    """Take a letter out of a drop that could not hold it: another drop will."""
    Message.objects.filter(id=message_id).update(depot=None)
