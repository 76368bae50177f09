"""Have what waits on demandes placed again, where no entry of the journal names what was just written."""

import uuid
from collections.abc import Collection

from django.db import connection

from sne.registre.attente.rules import NatureAttente


def placer(demandes: Collection[uuid.UUID], natures: Collection[NatureAttente]) -> None:
    """These natures of these demandes, from the rows that this transaction has written."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT attente_placer(d, %s) FROM unnest(%s::uuid[]) d", [[*natures], sorted(demandes)]
        )
