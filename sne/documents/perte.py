"""After a restoration: documents whose bytes went since are told to be gone, else they would be missing for ever."""

import uuid
from collections import defaultdict
from datetime import datetime

from sne.documents.effacement import effacer_documents
from sne.documents.models import Partie
from sne.documents.rules import Genre
from sne.documents.verification import verifier


def perdre_sans_octets(*, survenu_le: datetime) -> list[uuid.UUID]:
    """Erase the documents one of whose objects is in no store; returns them. Raises ``MagasinEnPanne``."""
    constat = verifier(recu_avant=survenu_le, contenu=False)
    absents = [a.lieu for a in constat.anomalies if a.genre is Genre.OCTETS_ABSENTS]
    par_territoire: dict[str, list[uuid.UUID]] = defaultdict(list)
    tenus = Partie.objects.filter(objet__adresse__in=absents)
    for territoire, document in tenus.values_list("document__territoire", "document_id").distinct():
        par_territoire[territoire].append(document)
    for territoire, documents in sorted(par_territoire.items()):
        effacer_documents(documents, territoire=territoire, survenu_le=survenu_le)
    return sorted(d for documents in par_territoire.values() for d in documents)
