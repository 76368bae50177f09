"""Attaching a document: from then on something names it, and it is not swept."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.documents.models import Document
from sne.documents.rules import ATTACHABLES, DocumentIndisponible, EtatDocument
from sne.socle.lignes import trouver


@transaction.atomic
def rattacher_document(document_id: uuid.UUID, *, territoire: str, survenu_le: datetime) -> EtatDocument:
    """Keep a document for as long as the caller names it; to be called in the transaction that names it.

    Raises ``Introuvable`` (no such document in this territory) or :class:`DocumentIndisponible` (never whole, infected,
    erased).
    """
    document = trouver(
        Document.objects.select_for_update().filter(territoire=territoire, id=document_id),
        "Ce document n’existe pas dans ce territoire.",
    )
    if document.etat not in ATTACHABLES:
        raise DocumentIndisponible(
            "Ce document n’est plus disponible\u00a0: il a attendu trop longtemps, ou a été refusé. Envoyez-le de "
            "nouveau."
        )
    if document.rattache_le is None:
        document.rattache_le = survenu_le
        document.save(update_fields=["rattache_le"])
    return EtatDocument(document.etat)
