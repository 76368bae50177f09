"""What was drawn of a document is kept, once it is published; the search finds its pages."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from sne.site_pro.actions.indexer import indexer
from sne.site_pro.models import FichierDocument, RevisionPage
from sne.socle.acte import Acte


@dataclass(frozen=True, slots=True)
class Dessin:
    """A file and the words of each of its pages."""

    octets: bytes
    textes: tuple[str, ...]


@transaction.atomic
def garder_les_dessins(
    revision_id: uuid.UUID, dessins: Mapping[str, Dessin], *, version: int, acte: Acte
) -> None:
    """Keep the files of a published revision, by paper; those already kept stay as they are."""
    revision = RevisionPage.objects.select_related("page").get(id=revision_id)
    FichierDocument.objects.bulk_create(
        (
            FichierDocument(
                revision=revision, papier=papier, octets=d.octets, textes=list(d.textes), dessin=version
            )
            for papier, d in dessins.items()
        ),
        ignore_conflicts=True,
    )
    indexer(revision.page, le=acte.survenu_le)
