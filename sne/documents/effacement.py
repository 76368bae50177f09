"""Erasing documents, end to end: rows emptied, then bytes taken away. Resumable: what is left is marked."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sne.documents.actions import Marques, demander_effacement
from sne.documents.objets import effacer_ceux


def effacer_documents(ids: Collection[uuid.UUID], *, territoire: str, survenu_le: datetime) -> Marques:
    """Erase documents and every copy of them: pages, thumbnails, texts. Returns what was marked by this call.

    Bytes that other erasures left are not its work: the caller does not wait for those.
    Raises ``MagasinEnPanne`` when the bytes cannot go now: they go at the next sweep, and nothing opens meanwhile.
    Within the transaction of another erasure, call ``demander_effacement`` instead, and ``effacer_objets`` after it.
    """
    marques = demander_effacement(ids, territoire=territoire, survenu_le=survenu_le)
    effacer_ceux(marques.a_oter)
    return marques
