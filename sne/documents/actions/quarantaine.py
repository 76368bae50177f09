"""What the antivirus says at last of a document in quarantine."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.documents.actions.effacer import detacher
from sne.documents.models import Document, Partie
from sne.documents.rules import EtatDocument, Part, Verdict


def noter_essai(document_id: uuid.UUID, *, survenu_le: datetime) -> None:
    """Say that the antivirus was asked of this document in vain: the others pass before it next time."""
    en_attente = Document.objects.filter(id=document_id, etat=EtatDocument.QUARANTAINE)
    en_attente.update(essaye_le=survenu_le)


@transaction.atomic
def noter_verdict(document_id: uuid.UUID, verdict: Verdict, *, survenu_le: datetime) -> EtatDocument | None:
    """Open a healthy document, take the bytes of an infected one; ``None``: it is no longer in quarantine."""
    document = (
        Document.objects.select_for_update().filter(id=document_id, etat=EtatDocument.QUARANTAINE).first()
    )
    if document is None:
        return None
    if verdict is Verdict.MUET:
        return EtatDocument.QUARANTAINE
    sain = verdict is Verdict.SAIN
    parties = Partie.objects.filter(document=document)
    detacher(parties.filter(part=Part.RECU) if sain else parties, survenu_le=survenu_le)
    document.etat = EtatDocument.DISPONIBLE if sain else EtatDocument.INFECTE
    document.antivirus_le = survenu_le
    document.save(update_fields=["etat", "antivirus_le"])
    return EtatDocument(document.etat)
