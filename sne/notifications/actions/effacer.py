"""The messages of a demande being erased, and the files they leave behind; old messages to professionals."""

import uuid
from datetime import datetime

from django.db import connection

from sne.notifications.models import Message, MessageAEffacer


def verrouiller_envois(demande_id: uuid.UUID, *, territoire: str) -> bool:
    """Lock the messages of a demande until the end of the caller's transaction; whether one is leaving now."""
    messages = Message.objects.select_for_update().filter(territoire=territoire, demande=demande_id)
    return any(engage is not None for engage in messages.values_list("engage_le", flat=True))


def effacer_adresses(*cles: uuid.UUID, territoire: str) -> int:
    """Take addresses and words out of the messages of what became no demande; how many. Their rows say what left."""
    siens = Message.objects.filter(territoire=territoire, demande__in=cles)
    return siens.update(destinataire=None, contexte=None, secours=None)


def noter_effacement(message_id: uuid.UUID, *, fichiers: int, survenu_le: datetime) -> None:
    """Note that no file of an erased message is left; ``fichiers``: how many there were."""
    MessageAEffacer.objects.filter(id=message_id, efface_le=None).update(
        efface_le=survenu_le, fichiers=fichiers
    )


def effacer_messages_agents(*, avant: datetime, au_plus: int) -> int:
    """Delete the messages to professionals written before that instant, with their attempts; returns how many.

    ``au_plus`` messages at each call: the others are deleted at the next ones. The journal keeps its entries.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT messages_agents_effacer(%s, %s)", [avant, au_plus])
        return int(curseur.fetchone()[0])
